// One cold rehearsal of both stacks; exits with its status.
import { runCold, sides } from "./sides.mjs";

process.exitCode = (await runCold(sides.rehearsal, { inherit: true })).status;
