import type { Part } from "./part";

/** Every part, in the order of the page. */
export const PARTS: readonly Part[] = [];
