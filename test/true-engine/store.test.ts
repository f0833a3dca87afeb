import { join } from "node:path";
import { describeParity } from "../support/parity";
import { ROOT } from "../support/rehearse";

for (const stack of ["dev", "prod"]) {
  describeParity({ name: "the store", program: ROOT, stack, pack: join(ROOT, "policies") });
}
