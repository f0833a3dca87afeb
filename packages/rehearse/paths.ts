import { dirname } from "node:path";

/** The package's own folder, wherever it is installed. */
export const PACKAGE = dirname(require.resolve("@web-store/rehearse/package.json"));
