import { runTool } from "../cli/command";
import { dryRun } from "./dry-run";
import { readOptions, USAGE } from "./options";
import { rollout } from "./rollout";

runTool("rollout", async () => {
  const options = readOptions(process.argv.slice(2));
  const log = (line: string): void => console.log(line);
  if (options === undefined) {
    log(USAGE);
    return 0;
  }
  return options.dryRun ? dryRun(options, log) : rollout(options, log);
});
