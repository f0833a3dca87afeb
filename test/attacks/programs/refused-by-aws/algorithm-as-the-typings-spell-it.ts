// The SDK's comments show camel case; AWS takes none.
import { network, targets } from "../../parts";

const { vpc } = network();
targets(vpc.id, { loadBalancingAlgorithmType: "weightedRandom" });
