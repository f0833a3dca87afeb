import type { Settings } from "../settings";

/** Whether instances run a program of the user's, an artifact or an image: the page and the sample store are ours. */
export function runsUsersProgram({ application: { source } }: Pick<Settings, "application">): boolean {
  return source === "artifact" || source === "container";
}
