/** The rehearsal's own folder. Written down here, beside main.ts: bin.cjs runs all files as if they were main.ts. */
export const TOOL = __dirname;
