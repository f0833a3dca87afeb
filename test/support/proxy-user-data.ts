import type { JsonResource } from "../../packages/rehearse/report/json";
import { scriptIn } from "./user-data";

/** The files that a launch template's user data writes, from its here-documents. */
export function decode({ inputs }: JsonResource): {
  readonly script: string;
  readonly config: string;
  readonly agent: string;
  readonly environment: string;
} {
  const script = scriptIn(inputs["userData"]);
  const part = (marker: string): string =>
    new RegExp(`<<'${marker}'\n([^]*?)^${marker}$`, "m").exec(script)?.[1] ?? "";
  return {
    script,
    config: part("END_OF_CONFIG"),
    agent: part("END_OF_AGENT"),
    environment: part("END_OF_ENVIRONMENT"),
  };
}
