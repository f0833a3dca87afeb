import { adopt } from "../../tools/adopt/adopt";
import { captured, type Run } from "./rehearse";
import { WARM } from "./warm-host";

/** What `adopt --json` prints. */
export interface AdoptionPlan {
  readonly adopted: readonly { readonly urn: string; readonly former: string; readonly id: string }[];
  readonly ambiguous: readonly {
    readonly urn: string;
    readonly candidates: readonly { readonly urn: string }[];
  }[];
  readonly create: readonly string[];
  readonly update: readonly { readonly urn: string; readonly properties: readonly string[] }[];
  readonly replace: readonly { readonly urn: string; readonly properties: readonly string[] }[];
  readonly orphans: readonly { readonly urn: string; readonly id: string }[];
  readonly lookedUp: readonly { readonly function: string; readonly truth: string }[];
  readonly leftOut: readonly string[];
}

/** Runs the tool's command line and the program inside this process. */
export function adoptHere(args: readonly string[]): Promise<Run> {
  return captured((streams) => adopt(args, streams, WARM));
}

/** {@link adoptHere} with `--json`. */
export async function adopted(args: readonly string[]): Promise<Run & { readonly plan: AdoptionPlan }> {
  const run = await adoptHere([...args, "--json"]);
  return { ...run, plan: (run.stdout === "" ? {} : JSON.parse(run.stdout)) as AdoptionPlan };
}
