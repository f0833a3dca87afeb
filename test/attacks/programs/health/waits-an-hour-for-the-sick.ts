// A sick target that leaves is waited for as long as AWS allows.
import { network, targets } from "../../parts";

targets(network().vpc.id, { deregistrationDelay: 3600 });
