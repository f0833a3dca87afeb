import type { Part } from "./part";
import { smuggling } from "./smuggling";

/** Every part, in the order of the page. */
export const PARTS: readonly Part[] = [smuggling];
