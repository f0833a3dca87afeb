import type { Settings } from "../settings/schema";

/** Whether instances run the user's program, an artifact or an image, and not this project's page or sample store. */
export function runsUsersProgram({ application: { source } }: Pick<Settings, "application">): boolean {
  return source === "artifact" || source === "container";
}
