import { readSettings } from "./settings";
import { buildStore } from "./store";

const outputs = Object.entries(buildStore(readSettings()));

// Pulumi warns of each output that is undefined: what a stack has switched off has none.
export = Object.fromEntries(outputs.filter(([, value]) => value !== undefined));
