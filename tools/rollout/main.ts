import { rollout } from "./rollout";

void rollout(process.argv.slice(2), process).then((status) => (process.exitCode = status));
