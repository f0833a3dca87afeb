// Two good ideas that exclude each other.
import { network, targets } from "../../parts";

const { vpc } = network();
targets(vpc.id, { slowStart: 60, loadBalancingAlgorithmType: "least_outstanding_requests" });
