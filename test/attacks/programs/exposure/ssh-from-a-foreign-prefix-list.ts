// Nobody knows what is in somebody else's list, today or tomorrow.
import { allow, securityGroup } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
allow("ssh", securityGroup("admin", vpc.id), 22, { prefixListId: "pl-0123456789abcdef0" });
