/** Frames that don't help a program's author: those of Node, the rehearsal, TypeScript loaders and the SDKs. */
const OTHERS =
  /^\s+at\b.*(?:[( ]node:|[\\/]hosts[\\/]preload[\\/.]|[\\/]node_modules[\\/](?:@pulumi|@grpc|@cspotcode|tsx|ts-node|esbuild|source-map-support)[\\/]|\(<anonymous>\)$)/;

/** The modules that asked for a missing module: the SDK's own are at the end of each list. */
const ASKED_BY_SDK = /^\s*- .*[\\/]node_modules[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]/;

const CUT_BY_INSPECT = /^\s+\.\.\. \d+ lines matching cause stack trace \.\.\.$/;

const DROPPED = [OTHERS, ASKED_BY_SDK, CUT_BY_INSPECT];

/** Properties of errors that repeat the message, or belong to the SDK. */
const REPEATED = [
  /\n\s+promise: Promise \{ <rejected> \[Circular \*\d+\] \},?/g,
  /\n\s+requireStack: \[[^\]]*\],?/g,
  /\n\s+code: '(?:ERR_)?MODULE_NOT_FOUND',?/g,
];

/**
 * Reduces an error to what its author needs: the program's own frames, without the additions of Node's
 * `util.inspect`.
 *
 * @param text - an error as the SDK prints it; any other text stays the same
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
