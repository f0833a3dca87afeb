import { readCommandLine, TEXT } from "../../packages/rehearse/cli/command-line";
import { OptionReader } from "../../packages/rehearse/cli/option-reader";
import { runTool } from "../cli/command";
import { requireStack, stackNamed } from "../cli/stacks";
import type { Context } from "./check";
import { readContext } from "./context";
import { examine } from "./examine";

const USAGE = `npm run doctor -- STACK [--resolver ADDRESS[:PORT]]

Checks what a deployment of a stack needs before it starts, and prints a line for each check. It changes nothing.

  --resolver ADDRESS  the DNS server to query (default: this machine's)
  --help              print this help

Exit status: 0 all is well, 1 something is missing, 2 bad usage.`;

runTool("doctor", async () => {
  const context = read(process.argv.slice(2));
  if (context === undefined) {
    console.log(USAGE);
    return 0;
  }
  const missing = await examine(context, (line) => console.log(line));
  return missing === 0 ? 0 : 1;
});

function read(argv: readonly string[]): Context | undefined {
  const line = readCommandLine(USAGE, argv, { resolver: TEXT });
  if (line === undefined) return undefined;
  const { values, positionals } = line;
  const reader = new OptionReader(values, "doctor");
  const stack = stackNamed(positionals, "npm run doctor -- prod", reader);
  if (stack !== "") requireStack(stack);
  const { resolver } = values;
  if (resolver !== undefined && !/^[\d.]+(:\d+)?$|^\[?[\da-fA-F:]+\]?(:\d+)?$/.test(resolver))
    reader.refuse(`--resolver is "${resolver}"; it must be an address, such as 192.0.2.53:53`);
  return readContext(reader.finish(stack), resolver);
}
