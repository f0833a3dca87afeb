import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./rehearse";

const PACK = join(ROOT, "policies");
const PROFILE = join(PACK, "profiles", "strict.json");

/** The profile `strict`: the configuration of each rule. */
export const STRICT_PROFILE = JSON.parse(readFileSync(PROFILE, "utf8")) as Readonly<Record<string, object>>;

/** Arguments that run the pack with the profile `strict`. */
export const STRICT = ["--policy-pack", PACK, "--policy-pack-config", PROFILE];
