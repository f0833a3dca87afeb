import { SampleStore } from "../../components/store/sample-store";
import type { Settings } from "../settings/schema";
import type { Context } from "../context";

/** Creates the sample store's program and table if the application is the sample store. */
export function build(
  { application, deletionProtection }: Settings,
  { name, tags }: Context,
): SampleStore | undefined {
  return application.source === "store" ? new SampleStore(name, { deletionProtection, tags }) : undefined;
}
