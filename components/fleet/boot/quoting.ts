/**
 * Text as a Python string on one line. JSON's escapes are valid in Python, but Python can't send a lone
 * surrogate.
 */
export function pythonString(text: string): string {
  const wellFormed = Buffer.from(text).toString();
  return JSON.stringify(wellFormed);
}

/**
 * Text as one word of bash.
 *
 * @see https://www.gnu.org/software/bash/manual/html_node/Single-Quotes.html
 */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_.,:/@=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Text without control characters as one word of a systemd command line, where `%` specifiers and `$`
 * variables are escaped.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 */
export function systemdWord(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("%", "%%")
    .replaceAll("$", "$$$$");
  return /^[A-Za-z0-9_.,:/@=+%$-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}
