const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/**
 * The words of a line of HAProxy's configuration. Quoted text is one word, `\` escapes special characters, `#` begins a
 * comment, and environment variables are expanded within double quotes only.
 *
 * @param environment the known variables; others stay as written
 * @see https://docs.haproxy.org/2.6/configuration.html#2.2
 */
export function wordsOf(line: string, environment: ReadonlyMap<string, string>): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at]!;
    if (quote === "" && char === "#") break;
    if (quote === "" && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === "" ? char === '"' || char === "'" : char === quote) {
      quote = quote === "" ? char : "";
      word ??= "";
    } else if (char === "\\" && quote !== "'") {
      const [all = char, hex, plain] = /^\\(?:x([0-9a-fA-F]{2})|([ #\\"'$nrt]))/.exec(line.slice(at)) ?? [];
      const escaped =
        hex === undefined ? (ESCAPES[plain ?? ""] ?? plain ?? char) : String.fromCharCode(parseInt(hex, 16));
      word = (word ?? "") + escaped;
      at += all.length - 1;
    } else if (char === "$" && quote === '"') {
      const [all = "$", braced, bare] = /^\$(?:\{(\w+)[^}]*\}|(\w+))/.exec(line.slice(at)) ?? [];
      word = (word ?? "") + (environment.get(braced ?? bare ?? "") ?? all);
      at += all.length - 1;
    } else {
      word = (word ?? "") + char;
    }
  }
  return word === undefined ? words : [...words, word];
}
