/** Measured request counts, from a CSV file. */
import { parse } from "csv-parse/sync";
import { basename } from "node:path";

import { messageOf, refuseIfFaulty, UsageError } from "../errors";
import { readText } from "../project/text-file";
import type { Demand } from "./types";

/** The limits of a file. */
const MOST = { mib: 64, days: 35, requests: 1e12 };
/** The most faults in a message. */
const TOLD = 20;
const DAY = 24 * 60 * 60;

const TIME = ["time", "timestamp", "date", "datetime"];
/** Requests in each interval. */
const COUNTS = ["requests", "count", "requestcount", "sum"];
/** Requests a second. */
const RATES = ["requestspersecond", "rps"];
const COLUMNS = "time, and requests or requestsPerSecond";

/**
 * Reads a CSV file with a header: a column `time` (ISO 8601, UTC unless it has an offset, or seconds or milliseconds
 * since 1970) and a column `requests`, for the interval that begins then, or `requestsPerSecond`. Other columns are
 * ignored. All intervals are as long as the shortest; missing ones count as 0 requests.
 *
 * @throws UsageError naming every fault with its line
 */
export function readDemand(file: string): Demand {
  const { lines, faults, isRate } = readLines(file, readText(file, "demand file", MOST.mib));
  const rows = faults.length > 0 ? [] : lines;
  const stepSeconds = Math.min(...rows.slice(1).map(({ time }, index) => time - (rows[index]?.time ?? 0)));
  faults.push(...timeFaults(rows, stepSeconds));
  refuseIfFaulty(
    `demand file ${file}`,
    faults.slice(0, TOLD).concat(faults.length > TOLD ? [`${faults.length - TOLD} more`] : []),
  );
  const startSeconds = rows[0]?.time ?? 0;
  const perSecond = new Float64Array(Math.round(((rows.at(-1)?.time ?? 0) - startSeconds) / stepSeconds) + 1);
  for (const { time, value } of rows)
    perSecond[Math.round((time - startSeconds) / stepSeconds)] = isRate ? value : value / stepSeconds;
  const missing = perSecond.length - rows.length;
  const gaps =
    missing === 0 ? "" : ` (${missing} of ${perSecond.length} intervals are missing and count as 0)`;
  return { source: `${basename(file)}${gaps}`, startSeconds, stepSeconds, perSecond };
}

interface Line {
  readonly line: number;
  readonly time: number;
  readonly value: number;
}

interface Read {
  readonly lines: readonly Line[];
  readonly faults: string[];
  readonly isRate: boolean;
}

function readLines(file: string, text: string): Read {
  const rows = rowsOf(file, text);
  const header = (rows[0]?.record ?? []).map((name) => name.toLowerCase().replace(/[\s_-]/g, ""));
  const column = (names: readonly string[]): number => header.findIndex((name) => names.includes(name));
  const [time, count, rate] = [TIME, COUNTS, RATES].map(column) as [number, number, number];
  if (time < 0 || (count < 0 && rate < 0))
    throw new UsageError(
      `demand file ${file}: its first line is ${rows[0] === undefined ? "missing" : JSON.stringify(rows[0].record.join(",").slice(0, 80))}; it must name the columns ${COLUMNS}`,
    );
  const isRate = count < 0;
  const [name, index] = isRate ? ["requestsPerSecond", rate] : ["requests", count];
  const faults: string[] = [];
  const lines = rows.slice(1).map(({ line, record }): Line => {
    const [at, value] = [secondsOf(record[time] ?? ""), numberOf(record[index] ?? "")];
    if (at === undefined)
      faults.push(
        `line ${line}: time is ${quote(record[time])}; it must be a time such as 2030-11-29T18:00:00Z, or seconds since 1970`,
      );
    if (value === undefined)
      faults.push(
        `line ${line}: ${name} is ${quote(record[index])}; it must be a number from 0 to ${MOST.requests}`,
      );
    return { line, time: at ?? NaN, value: value ?? NaN };
  });
  if (lines.length < 2 && faults.length === 0)
    faults.push(
      `it has ${lines.length === 0 ? "no line" : "one line"} below the header; there must be two or more`,
    );
  return { lines, faults, isRate };
}

interface Row {
  readonly line: number;
  readonly record: readonly string[];
}

function rowsOf(file: string, text: string): Row[] {
  const firstLine = /^.*$/m.exec(text)?.[0] ?? "";
  const delimiter =
    firstLine.includes(";") && !firstLine.includes(",") ? ";" : firstLine.includes("\t") ? "\t" : ",";
  try {
    const read = parse(text, {
      bom: true,
      trim: true,
      delimiter,
      info: true,
      comment: "#",
      comment_no_infix: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return read.map(({ info, record }) => ({ line: info.lines, record }));
  } catch (error) {
    throw new UsageError(`demand file ${file} isn't CSV: ${messageOf(error)}`);
  }
}

function timeFaults(rows: readonly Line[], step: number): string[] {
  const faults = rows
    .slice(1)
    .flatMap(({ line, time }, index) =>
      time > (rows[index]?.time ?? 0)
        ? []
        : [`line ${line}: its time isn't later than that of the previous line`],
    );
  if (faults.length > 0 || rows.length < 2) return faults;
  const first = rows[0]?.time ?? 0;
  const days = ((rows.at(-1)?.time ?? 0) - first) / DAY;
  if (days > MOST.days)
    return [
      `it has ${Math.ceil(days)} days; at most ${MOST.days} are simulated: reduce it to the days around the peak`,
    ];
  if (step < 1) return [`its shortest interval is ${step} s; it must be a second or longer`];
  return rows.flatMap(({ line, time }) => {
    const intervals = (time - first) / step;
    return Math.abs(intervals - Math.round(intervals)) < 1e-6
      ? []
      : [`line ${line}: its time isn't a multiple of the shortest interval, ${step} s, after the first`];
  });
}

/** Seconds since 1970; undefined if the text isn't a time. */
function secondsOf(text: string): number | undefined {
  if (/^\d{9,11}(\.\d+)?$/.test(text)) return Number(text);
  if (/^\d{12,14}$/.test(text)) return Number(text) / 1000;
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/i.exec(
    text,
  );
  if (iso === null) return undefined;
  const [, date = "", time = "00:00", zone = "Z"] = iso;
  const milliseconds = Date.parse(`${date}T${time}${/^utc$/i.test(zone) ? "Z" : zone.toUpperCase()}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

function numberOf(text: string): number | undefined {
  const number = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return number <= MOST.requests ? number : undefined;
}

function quote(text: string | undefined): string {
  return text === undefined || text === "" ? "missing" : JSON.stringify(text.slice(0, 40));
}

/**
 * A demand with steps of another length, and the same number of requests.
 *
 * @param step - Seconds.
 * @param share - The share of the demand to use.
 */
export function demandOf({ perSecond, stepSeconds }: Demand, step: number, share: number): Float64Array {
  const rates = new Float64Array(Math.max(1, Math.ceil((perSecond.length * stepSeconds) / step)));
  for (let index = 0; index < perSecond.length; index++) {
    const requests = (perSecond[index] ?? 0) * share;
    const [from, until] = [index * stepSeconds, (index + 1) * stepSeconds];
    for (let to = Math.floor(from / step); to * step < until; to++) {
      const seconds = Math.min(until, (to + 1) * step) - Math.max(from, to * step);
      rates[to] = (rates[to] ?? 0) + (requests * seconds) / step;
    }
  }
  return rates;
}
