/** A comment or a quoted text of JavaScript. */
const TOKEN = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g;

/** A text in quotes that begins with `http:`, unless code only looks for it in another text, or compares it. */
const PLAIN_URL =
  /(?<!\b(?:replace|replaceAll|startsWith|indexOf|includes|split|match|test|search)\(\s*)(?<![=!]==?\s*)["'`]http(?::|["'`]\s*\+\s*["'`]:)/i;

/** The value of a response's Location header, up to the end of its expression. */
const LOCATION =
  /\blocation["'`]?\s*\]?(?:\.value)?\s*[:=](?!=)\s*(?:\[\s*)?(?:\{[^{}]*?\bvalue["'`]?\s*:)?\s*((?:`(?:\\[\s\S]|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[^;{}\n`"'])+)/gi;

/** The protocol by which CloudFront asks an origin that the code chooses. */
const PLAIN_ORIGIN = /\bcustomOriginConfig["'`]?\s*:\s*\{[^{}]*?\bprotocol["'`]?\s*:\s*["'`]http["'`]/i;

/** Old versions among the TLS versions for such an origin. */
const OLD_ORIGIN_TLS =
  /\bcustomOriginConfig["'`]?\s*:\s*\{[^{}]*?\bsslProtocols["'`]?\s*:\s*\[[^\]]*["'`](?:SSLv3|TLSv1(?:\.[01])?)["'`]/i;

/**
 * What the code of a CloudFront function does in clear text, as sentences without a full stop: a redirect of viewers, and
 * requests to an origin of its choice. Code that builds its addresses in other ways isn't followed.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html,
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/helper-functions-origin-modification.html
 */
export function edgeProblems(code: string): string[] {
  const script = code.replace(TOKEN, (token) => (/^\/[*/]/.test(token) ? " " : token));
  const locations = [...script.matchAll(LOCATION)].map(([, value = ""]) => value);
  return [
    ...(locations.some((value) => isPlain(value, script))
      ? ['code redirects viewers to an address that begins with "http:"; it must begin with "https:"']
      : []),
    ...(PLAIN_ORIGIN.test(script) ? ['code sets protocol to "http" for an origin; it must be "https"'] : []),
    ...(OLD_ORIGIN_TLS.test(script)
      ? ['code lists a version older than TLS 1.2 in sslProtocols of an origin; it must be ["TLSv1.2"]']
      : []),
  ];
}

/** Whether an expression, or a variable in it, begins an address with `http:`. */
function isPlain(value: string, script: string): boolean {
  if (PLAIN_URL.test(value)) return true;
  const [name] = /^[\w$]+(?=\s*(?:[+,)\]]|$))/.exec(value.trim()) ?? [];
  if (name === undefined) return false;
  const assigned = new RegExp(
    String.raw`(?<![\w$.])${name.replaceAll("$", String.raw`\$`)}\s*=(?!=)([^;\n]*)`,
    "g",
  );
  return [...script.matchAll(assigned)].some(([, given = ""]) => PLAIN_URL.test(given));
}
