import { agents } from "./agents";
import type { Part } from "./part";
import { cli } from "./cli";
import { smuggling } from "./smuggling";
import { traffic } from "./traffic";

/** Every part, in the order of the page. */
export const PARTS: readonly Part[] = [cli, traffic, smuggling, agents];
