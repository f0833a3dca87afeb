import { agents } from "./agents";
import type { Part } from "./part";
import { smuggling } from "./smuggling";
import { traffic } from "./traffic";

/** Every part, in the order of the page. */
export const PARTS: readonly Part[] = [traffic, smuggling, agents];
