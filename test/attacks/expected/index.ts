import { evasion } from "./evasion";
import type { Expected } from "./expected";
import { exposure } from "./exposure";
import { health } from "./health";
import { observability } from "./observability";
import { refusedByAws } from "./refused-by-aws";
import { resilience } from "./resilience";
import { tls } from "./tls";

/** By program. */
export const ATTACKS: Readonly<Record<string, Expected>> = {
  ...evasion,
  ...exposure,
  ...health,
  ...observability,
  ...refusedByAws,
  ...resilience,
  ...tls,
};
