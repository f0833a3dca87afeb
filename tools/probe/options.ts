import { existsSync, readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { dirname } from "node:path";

import { FLAG, readCommandLine, TEXT } from "../../packages/rehearse/cli/command-line";
import { whatIsThere } from "../../packages/rehearse/cli/nearest";
import { CliError } from "../cli/command";
import type { Identity } from "./ask";

export const USAGE = `npm run probe -- URL [options]

Checks a live URL: is HTTPS right, and does every backend get its share?

  --expect id=weight,…   the backends and their weights
  --stack NAME           ask Pulumi for the stack's outputs, and AWS for the instances in service
  --application NAME     with --stack: of its applications the one that URL or --path leads to (default: the store's own)
  --algorithm NAME       how the balancer chooses: random (default), round-robin (also checks evenness),
                         least-connections (a slow backend must get less)
  --sticky               a visitor with cookies must stay with one backend
  --header NAME          the header that names the backend (default: X-Served-By); its zone as "; zone=…"
  --path PATH            path of the requests (default: the URL's own path)
  --health PATH          the health check (default: /healthz)
  --http-port PORT       where plain HTTP is redirected (default: 80)
  --ca FILE              a certificate authority to trust, PEM
  --cert FILE            the certificate to show a server that asks for one, PEM; with --key
  --key FILE             its key, PEM
  --bearer FILE          a file with a token, which is sent as Authorization: Bearer, by HTTPS alone
  --power P              chance to detect a deviation of --effect (default: 0.9)
  --effect W             smallest deviation to detect, Cohen's w (default: 0.15)
  --alpha A              chance of a false alarm (default: 0.01)
  --requests N           maximum number of requests (default: 5000)
  --rate R               maximum number of requests a second (default: 50)
  --concurrency C        requests at a time (default: 8)
  --seconds S            stop after that long (default: 300)
  --watch                send requests until --seconds are over, and show which backends come and go
  --chart FILE           draw the result of --watch, SVG
  --junit FILE           write the checks as a CI's test report
  --json                 print the result as JSON on stdout (use npm run -s)
  --help                 print this

Exit status: 0 pass, 1 a check failed, 2 bad usage or unreachable, 3 incomplete: without --expect or --stack
the probe can't tell whether a backend is missing.`;

/** How backends are chosen, as far as it can be judged from outside. */
export type Algorithm = "random" | "round-robin" | "least-connections";

/** The command line, checked. */
export interface Options {
  readonly url: URL;
  readonly expect: ReadonlyMap<string, number> | undefined;
  readonly stack: string | undefined;
  readonly application: string | undefined;
  readonly algorithm: Algorithm;
  readonly sticky: boolean;
  readonly header: string;
  readonly healthPath: string;
  readonly httpPort: number;
  readonly ca: string | undefined;
  readonly identity: Identity;
  readonly power: number;
  readonly effect: number;
  readonly alpha: number;
  readonly requests: number;
  readonly rate: number;
  readonly concurrency: number;
  readonly seconds: number;
  readonly watch: boolean;
  readonly chartFile: string | undefined;
  readonly junitFile: string | undefined;
  readonly json: boolean;
}

/**
 * Reads the command line.
 *
 * @returns undefined if help was asked for
 * @throws CliError naming every fault
 */
export function readOptions(argv: readonly string[]): Options | undefined {
  const line = readCommandLine(USAGE, argv, {
    ...{
      expect: TEXT,
      stack: TEXT,
      application: TEXT,
      algorithm: TEXT,
      sticky: FLAG,
      header: TEXT,
      path: TEXT,
      health: TEXT,
    },
    ...{
      "http-port": TEXT,
      ca: TEXT,
      cert: TEXT,
      key: TEXT,
      bearer: TEXT,
      power: TEXT,
      effect: TEXT,
      alpha: TEXT,
      requests: TEXT,
      rate: TEXT,
    },
    ...{ concurrency: TEXT, seconds: TEXT, watch: FLAG, chart: TEXT, junit: TEXT, json: FLAG },
  });
  if (line === undefined) return undefined;
  const { values, positionals } = line;
  const faults: string[] = [];
  const number = (
    name: string,
    given: string | undefined,
    fallback: number,
    minimum: number,
    maximum: number,
  ) => {
    const value = Number(given ?? fallback);
    const isWhole = minimum >= 1;
    if (
      given?.trim() === "" ||
      !(value >= minimum && value <= maximum) ||
      (isWhole && !Number.isInteger(value))
    ) {
      faults.push(
        `--${name} is "${given}"; it must be a ${isWhole ? "whole " : ""}number from ${minimum} to ${maximum}, such as ${fallback}`,
      );
    }
    return value;
  };
  const toWrite = (name: string, file: string | undefined): string | undefined => {
    if (file !== undefined && !existsSync(dirname(file)))
      faults.push(`--${name} ${file}: the folder ${dirname(file)} doesn't exist`);
    return file;
  };
  const [given, ...others] = positionals;
  const url = readUrl(given, faults);
  if (others.length > 0) faults.push(`one URL at a time: ${others.join(" ")} is too much`);
  const algorithm = values.algorithm ?? "random";
  if (!["random", "round-robin", "least-connections"].includes(algorithm))
    faults.push(`--algorithm is "${algorithm}"; it must be random, round-robin or least-connections`);
  if (values.expect !== undefined && values.stack !== undefined)
    faults.push("--expect and --stack both say which backends there are: give one of them");
  if (values.application !== undefined && values.stack === undefined)
    faults.push("--application is one of a stack's: add --stack");
  const header = values.header ?? "X-Served-By";
  if (!/^[A-Za-z0-9-]{1,100}$/.test(header))
    faults.push(`--header is "${header}"; it must be the name of a header`);
  for (const [name, path] of [["path", values.path] as const, ["health", values.health] as const]) {
    if (path !== undefined && !/^\/[\x21-\x7e]*$/.test(path))
      faults.push(`--${name} is "${path}"; it must be a path that begins with /`);
  }
  if (values.chart !== undefined && values.watch !== true)
    faults.push("--chart draws what --watch saw: add --watch");
  const options: Options = {
    url,
    expect: values.expect === undefined ? undefined : readWeights(values.expect, faults),
    stack: values.stack,
    application: values.application,
    algorithm: algorithm as Algorithm,
    sticky: values.sticky ?? false,
    header: header.toLowerCase(),
    healthPath: values.health ?? "/healthz",
    httpPort: number("http-port", values["http-port"], 80, 1, 65_535),
    ca: readText("ca", values.ca, CERTIFICATE, "certificate in PEM", faults),
    identity: readIdentity(values, faults),
    power: number("power", values.power, 0.9, 0.5, 0.999),
    effect: number("effect", values.effect, 0.15, 0.01, 0.9),
    alpha: number("alpha", values.alpha, 0.01, 0.0001, 0.2),
    requests: number("requests", values.requests, 5000, 1, 100_000),
    rate: number("rate", values.rate, 50, 1, 2000),
    concurrency: number("concurrency", values.concurrency, 8, 1, 100),
    seconds: number("seconds", values.seconds, 300, 1, 7200),
    watch: values.watch ?? false,
    chartFile: toWrite("chart", values.chart),
    junitFile: toWrite("junit", values.junit),
    json: values.json ?? false,
  };
  if (faults.length > 0) throw new CliError(`${faults.join("\n")}\nSee npm run probe -- --help`);
  if (values.path !== undefined) options.url.pathname = values.path;
  return options;
}

function readUrl(given: string | undefined, faults: string[]): URL {
  const none = new URL("https://example.com");
  if (given === undefined) {
    faults.push("no URL: npm run probe -- https://shop.example.com");
    return none;
  }
  const url = URL.canParse(given) ? new URL(given) : none;
  if (!URL.canParse(given) || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    faults.push(
      `"${given}" is no URL to probe; it must be like https://shop.example.com, without a user in it`,
    );
  return url;
}

function readWeights(text: string, faults: string[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const entry of text.split(",")) {
    const [, id = "", weight = ""] = /^([^=;,\s]{1,200})=(\d{1,6}(?:\.\d{1,6})?)$/.exec(entry) ?? [];
    if (id === "" || !(Number(weight) > 0))
      faults.push(`--expect has "${entry}"; it must be id=weight, such as i-0abc=1, with a weight above 0`);
    else if (weights.has(id)) faults.push(`--expect names ${id} twice`);
    else weights.set(id, Number(weight));
  }
  return weights;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----/;

/** The text of a file that an option names; undefined where the option isn't given or the file can't be read. */
function readText(
  name: string,
  file: string | undefined,
  pattern: RegExp,
  what: string,
  faults: string[],
): string | undefined {
  if (file === undefined) return undefined;
  if (!existsSync(file)) {
    faults.push(`--${name} ${file} doesn't exist; ${whatIsThere(file)}`);
    return undefined;
  }
  try {
    const text = readFileSync(file, "utf8").trim();
    if (!pattern.test(text)) faults.push(`--${name} ${file} is no ${what}`);
    return text;
  } catch (error) {
    faults.push(`--${name} ${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** Who asks, by files: what is on a command line, all of the machine's users can read. */
function readIdentity(
  { cert, key, bearer }: Readonly<Partial<Record<"cert" | "key" | "bearer", string>>>,
  faults: string[],
): Identity {
  const certificate = readText("cert", cert, CERTIFICATE, "certificate in PEM", faults);
  const itsKey = readText("key", key, /-----BEGIN [A-Z ]*PRIVATE KEY-----/, "private key in PEM", faults);
  const token = readText(
    "bearer",
    bearer,
    /^[A-Za-z0-9\-._~+/]+=*$/,
    "token of RFC 6750, section 2.1",
    faults,
  );
  if ((cert === undefined) !== (key === undefined)) faults.push("--cert and --key go together: give both");
  const pair =
    certificate === undefined || itsKey === undefined ? undefined : { cert: certificate, key: itsKey };
  if (pair !== undefined && faults.length === 0) {
    try {
      createSecureContext(pair);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      faults.push(`--cert ${cert} and --key ${key} are no pair that TLS takes: ${reason}`);
    }
  }
  return { certificate: pair, bearer: token };
}
