import * as pulumi from "@pulumi/pulumi";

import { stackTags, type Tags } from "../../components/naming";
import type { Settings } from "../settings/schema";

/** The tags of all the stack's resources. */
export function build(settings: Settings): Tags {
  return stackTags(pulumi.getProject(), pulumi.getStack(), settings.tags);
}
