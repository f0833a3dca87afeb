// One cold `cdk synth` of both stacks; exits with its status. Installs and builds the app first if necessary.
import { runCold, sides } from "./sides.mjs";

sides.cdk.prepare();
process.exitCode = (await runCold(sides.cdk, { inherit: true })).status;
