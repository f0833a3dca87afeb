import { readSettings } from "./settings";
import { buildStore } from "./store";

const outputs = Object.entries(buildStore(readSettings()));

// Pulumi warns about undefined outputs, so outputs of disabled features are removed.
export = Object.fromEntries(outputs.filter(([, value]) => value !== undefined));
