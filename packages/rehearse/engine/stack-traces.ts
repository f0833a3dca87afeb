/** Frames that tell a program's author nothing: Node's, the rehearsal's, those of loaders of TypeScript and of the SDKs. */
const OTHERS =
  /^\s+at\b.*(?:[( ]node:|[\\/]hosts[\\/]preload[\\/.]|[\\/]node_modules[\\/](?:@pulumi|@grpc|@cspotcode|tsx|ts-node|esbuild|source-map-support)[\\/]|\(<anonymous>\)$)/;

/** Where modules were asked for that aren't there: the SDK's own are at the end of each list. */
const ASKED_BY_SDK = /^\s*- .*[\\/]node_modules[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]/;

const CUT_BY_INSPECT = /^\s+\.\.\. \d+ lines matching cause stack trace \.\.\.$/;

const DROPPED = [OTHERS, ASKED_BY_SDK, CUT_BY_INSPECT];

/** Properties of errors that repeat what their texts say, or are the SDK's. */
const REPEATED = [
  /\n\s+promise: Promise \{ <rejected> \[Circular \*\d+\] \},?/g,
  /\n\s+requireStack: \[[^\]]*\],?/g,
  /\n\s+code: '(?:ERR_)?MODULE_NOT_FOUND',?/g,
];

/**
 * An error as its author wants to read it: with the program's own frames, and without what Node's `util.inspect` adds for
 * itself.
 *
 * @param text - what the SDK makes of an error; any other text stays as it is
 */
export function withOwnFrames(text: string): string {
  const kept: string[] = [];
  for (const line of text.split("\n")) {
    if (!DROPPED.some((pattern) => pattern.test(line))) kept.push(line);
    // The error's properties begin on the line of the last frame.
    else if (line.endsWith(" {")) kept.push(`${kept.pop() ?? ""} {`);
  }
  const told = kept.join("\n").replace(/<ref \*\d+> (?=\S*(?:Error|Exception)\b)/g, "");
  return REPEATED.reduce((rest, pattern) => rest.replace(pattern, ""), told).replace(/ \{\n\s*\}/g, "");
}
