import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "./definitions";
import { describeFaults, validate } from "./validation";

/**
 * The settings of the stack being deployed. The only place where the program reads its configuration, before
 * it declares any resource.
 *
 * @throws pulumi.RunError with every fault at once; of this error alone Pulumi always shows the text without
 * a stack
 */
export function readSettings(): Settings {
  const result = validate(pulumi.getProject(), pulumi.runtime.allConfig());
  if ("faults" in result) throw new pulumi.RunError(describeFaults(pulumi.getStack(), result.faults));
  return result.settings;
}
