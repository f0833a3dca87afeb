// Nobody can tell in a preview what page the check asks for.
import { network, healthCheck, targets } from "../../parts";

const { vpc } = network();
targets(vpc.id, { healthCheck: { ...healthCheck, path: vpc.id.apply((id) => `/${id}`) } });
