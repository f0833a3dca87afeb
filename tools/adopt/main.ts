import * as esbuild from "esbuild";

import { prepare } from "../../packages/rehearse/main";
import { adopt } from "./adopt";

prepare(esbuild);
void adopt(process.argv.slice(2), process).then((status) => (process.exitCode = status));
