/** What `parseArgs` has against a command line, without its advice on positionals. */
export function parseFault(error: unknown): string {
  const [first = ""] = (error instanceof Error ? error.message : String(error)).split(". To specify");
  return first;
}

/**
 * The same, and where to read on.
 *
 * @param command - the npm script whose help is named
 */
export function argumentFault(error: unknown, command: string): string {
  return `${parseFault(error)}. See npm run ${command} -- --help`;
}
