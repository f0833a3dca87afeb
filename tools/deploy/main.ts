import { deploy } from "./deploy";

void deploy(process.argv.slice(2), process).then((status) => (process.exitCode = status));
