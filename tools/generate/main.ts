import { readCommandLine } from "../../packages/rehearse/cli/command-line";
import { runTool } from "../cli/command";

const USAGE = `npm run generate --

Writes the files that are generated from settings, rules, AWS's API models, CloudFormation's specification and the SDK:
Pulumi.yaml's schema, documents, tables, and the README's picture of the stack dev.

  --help  print this help`;

async function main(argv: readonly string[]): Promise<number> {
  if (readCommandLine(USAGE, argv, {}, false) === undefined) {
    console.log(USAGE);
    return 0;
  }
  // Loads all rules and the SDK, which takes seconds.
  (require("./all") as typeof import("./all")).generate();
  return 0;
}

if (require.main === module) runTool("generate", () => main(process.argv.slice(2)));
