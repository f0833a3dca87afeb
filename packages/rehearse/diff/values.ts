import { gunzipSync } from "node:zlib";

import { kindOf } from "../engine/assets";
import { nameOf } from "../engine/urn";
import { isMap, type Value } from "../values";
import { plain } from "../report/plain";
import { differences, jsonOf, type PropertyChange } from "./changes";
import { pathText } from "./paths";

/** The most characters of a value that are shown. */
const SHOWN = 80;

/** The most lines of a text's difference that are shown, unless `--tree` is given. */
const LINES = 20;

/** The most characters of such a line that are shown: a bundled program is a single line. */
const LINE_SHOWN = 200;

const UNKNOWN_YET = "(known after deployment)";

const NOTES = {
  yes: "  (replaces it)",
  maybe: "  (may replace it)",
  unknown: "  (unknown whether it replaces it)",
  no: "",
} as const;

/**
 * Formats a change, one line for each difference: the lines of a text, even if packed; the members of JSON; the
 * elements that a list gains or loses.
 *
 * @param isFull - whether to show every line of a text
 */
export function changeLines(
  { path, before, after, forces, because }: PropertyChange,
  isFull: boolean,
): string[] {
  const [place, note] = [pathText(path), NOTES[forces]];
  const follows = because.length === 0 ? "" : `follows ${[...new Set(because.map(nameOf))].join(", ")}`;
  const [old, now] = [shownValue(before), shownValue(after)];
  if (before === undefined && after === undefined) return [`${place}${follows && `: ${follows}`}${note}`];
  if (Array.isArray(old) && Array.isArray(now))
    return [`${place}: ${listed(old, now)}${follows && `, ${follows}`}${note}`];
  if (now === UNKNOWN_YET && follows !== "") return [`${place}: ${follows}${note}`];
  const [oldJson, newJson] = [jsonOf(old), jsonOf(now)];
  if (oldJson !== undefined && newJson !== undefined) {
    const inside = differences([], oldJson, newJson);
    return inside.map((one) => {
      const at = `${place} ${pathText(one.path)}`;
      return `${at}: ${short(one.before)} → ${short(one.after)}${note}`;
    });
  }
  const [oldText, newText] = [unpacked(old), unpacked(now)];
  if (oldText?.includes("\n") === true || newText?.includes("\n") === true) {
    const lines = lineDifference((oldText ?? "").split("\n"), (newText ?? "").split("\n"));
    const shown = isFull ? lines : lines.slice(0, LINES);
    const rest = lines.length - shown.length;
    return [
      `${place}:${note}`,
      ...shown.map((line) => `    ${cut(line, LINE_SHOWN)}`),
      ...(rest > 0 ? [`    … and ${rest} more lines (--tree shows all)`] : []),
    ];
  }
  return [`${place}: ${short(old)} → ${short(now)}${note}`];
}

const shownValue = (value: Value | undefined): Value | undefined =>
  value === undefined ? undefined : plain({ value: contentOf(value) }, UNKNOWN_YET)["value"];

/**
 * An asset with inline text is shown as that text, or by its hash if the lines are too long to read, as in a bundle.
 */
function contentOf(value: Value): Value {
  if (kindOf(value) !== "asset" || !isMap(value)) return value;
  const { text, hash } = value;
  if (typeof text !== "string") return value;
  const isLegible = text.split("\n").every(({ length }) => length <= LINE_SHOWN);
  return isLegible || typeof hash !== "string"
    ? text
    : `${Buffer.byteLength(text)} bytes, SHA-256 ${hash.slice(0, 16)}…`;
}

function short(value: Value | undefined): string {
  if (value === undefined) return "(none)";
  if (value === UNKNOWN_YET) return value;
  return cut(JSON.stringify(value), SHOWN);
}

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most)}…`);

function listed(before: readonly Value[], after: readonly Value[]): string {
  const [was, is] = [before.map(short), after.map(short)];
  return [
    ...was.filter((one) => !is.includes(one)).map((one) => `- ${one}`),
    ...is.filter((one) => !was.includes(one)).map((one) => `+ ${one}`),
  ].join(", ");
}

/** Unpacks a text from base64 and gzip, as user data is packed. */
function unpacked(value: Value | undefined): string | undefined {
  if (typeof value !== "string") return isMap(value) ? JSON.stringify(value, null, 2) : undefined;
  if (value.length < 16 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return value;
  try {
    const bytes = Buffer.from(value, "base64");
    const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");

    return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text) ? value : text;
  } catch {
    return value;
  }
}

/** The most pairs of lines that are compared: two thousand lines with two thousand, in 16 MB. */
const MOST_PAIRS = 4_000_000;

/** The removed and added lines, in order, by the longest common subsequence. */
function lineDifference(before: readonly string[], after: readonly string[]): string[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before.at(-1 - end) === after.at(-1 - end)
  )
    end++;
  const [olds, news] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (olds.length * news.length > MOST_PAIRS)
    return [...olds.map((line) => `- ${line}`), ...news.map((line) => `+ ${line}`)];
  const common = Array.from({ length: olds.length + 1 }, () => new Uint32Array(news.length + 1));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = olds.length - 1; i >= 0; i--)
    for (let j = news.length - 1; j >= 0; j--)
      (common[i] as Uint32Array)[j] =
        olds[i] === news[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < olds.length || j < news.length) {
    if (i < olds.length && j < news.length && olds[i] === news[j]) {
      i++;
      j++;
    } else if (j >= news.length || (i < olds.length && at(i + 1, j) >= at(i, j + 1)))
      lines.push(`- ${olds[i++]}`);
    else lines.push(`+ ${news[j++]}`);
  }
  return lines;
}
