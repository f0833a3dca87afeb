import { agents } from "./agents";
import { cli } from "./cli";
import { faults } from "./faults";
import { growth } from "./growth";
import { kills } from "./kills";
import { longRun } from "./long-run";
import type { Part } from "./part";
import { programs } from "./programs";
import { secrets } from "./secrets";
import { resume } from "./resume";
import { smuggling } from "./smuggling";
import { stackFiles } from "./stack-files";
import { stacks } from "./stacks";
import { supplyChain } from "./supply-chain";
import { traffic } from "./traffic";

/** Every part, in the order of the page. */
export const PARTS: readonly Part[] = [
  cli,
  traffic,
  smuggling,
  agents,
  resume,
  faults,
  kills,
  stackFiles,
  programs,
  growth,
  stacks,
  longRun,
  supplyChain,
  secrets,
];
