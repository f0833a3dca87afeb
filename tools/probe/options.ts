import { existsSync, readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";

import { FLAG, readCommandLine, TEXT } from "../../packages/rehearse/cli/command-line";
import { OptionReader } from "../../packages/rehearse/cli/option-reader";
import { whatIsThere } from "../../packages/rehearse/cli/nearest";
import type { Identity } from "./ask";

export const USAGE = `npm run probe -- URL [options]

Checks a live URL: is HTTPS right, and does every backend get its share?

  --expect id=weight,…   the backends and their weights
  --stack NAME           ask Pulumi for the stack's outputs, and AWS for the instances in service
  --application NAME     with --stack: the application that URL or --path leads to (default: the store itself)
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
  --bearer FILE          a file with a token, which is sent as Authorization: Bearer, only over HTTPS
  --power P              chance to detect a deviation of --effect (default: 0.9)
  --effect W             smallest deviation to detect, Cohen's w (default: 0.15)
  --alpha A              chance of a false alarm (default: 0.01)
  --requests N           maximum number of requests (default: 5000)
  --rate R               maximum number of requests a second (default: 50)
  --concurrency C        requests at a time (default: 8)
  --seconds S            stop after that long (default: 300)
  --watch                send requests until --seconds are over, and show which backends come and go
  --chart FILE           draw the result of --watch, SVG
  --junit FILE           write the checks as a test report for CI
  --json                 print the result as JSON on stdout (use npm run -s)
  --help                 print this help

Exit status: 0 pass, 1 a check failed, 2 bad usage or unreachable, 3 incomplete: without --expect or --stack
the probe can't tell whether a backend is missing.`;

const ALGORITHMS = ["random", "round-robin", "least-connections"] as const;

/** How backends are chosen, as far as it is visible from outside. */
export type Algorithm = (typeof ALGORITHMS)[number];

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

const OPTIONS = {
  expect: TEXT,
  stack: TEXT,
  application: TEXT,
  algorithm: TEXT,
  sticky: FLAG,
  header: TEXT,
  path: TEXT,
  health: TEXT,
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
  concurrency: TEXT,
  seconds: TEXT,
  watch: FLAG,
  chart: TEXT,
  junit: TEXT,
  json: FLAG,
} as const;

/**
 * Reads the command line.
 *
 * @returns undefined if help was asked for
 * @throws UsageError naming all faults
 */
export function readOptions(argv: readonly string[]): Options | undefined {
  const line = readCommandLine(USAGE, argv, OPTIONS);
  if (line === undefined) return undefined;
  const { values, positionals } = line;
  const { stack, application, watch = false, sticky = false, json = false } = values;
  const reader = new OptionReader(values, "probe");
  const [given, ...others] = positionals;
  const url = readUrl(given, reader);
  if (others.length > 0) reader.refuse(`only one URL is allowed, without ${others.join(" ")}`);
  if (values.expect !== undefined && stack !== undefined)
    reader.refuse("--expect and --stack both name the backends: give only one of them");
  if (application !== undefined && stack === undefined) reader.refuse("--application needs --stack: add it");
  const header = values.header ?? "X-Served-By";
  if (!/^[A-Za-z0-9-]{1,100}$/.test(header))
    reader.refuse(`--header is "${header}"; it must be the name of a header`);
  if (values.chart !== undefined && !watch) reader.refuse("--chart draws what --watch saw: add --watch");
  const path = reader.urlPath("path");
  const options = reader.finish<Options>(
    {
      url,
      expect: values.expect === undefined ? undefined : readWeights(values.expect, reader),
      stack,
      application,
      algorithm: reader.oneOf("algorithm", ALGORITHMS, "random"),
      sticky,
      header: header.toLowerCase(),
      healthPath: reader.urlPath("health") ?? "/healthz",
      httpPort: reader.whole("http-port", { from: 1, to: 65_535, fallback: 80 }),
      ca: readText("ca", values.ca, CERTIFICATE, "certificate in PEM", reader),
      identity: readIdentity(values, reader),
      power: reader.decimal("power", { from: 0.5, to: 0.999, fallback: 0.9 }),
      effect: reader.decimal("effect", { from: 0.01, to: 0.9, fallback: 0.15 }),
      alpha: reader.decimal("alpha", { from: 0.0001, to: 0.2, fallback: 0.01 }),
      requests: reader.whole("requests", { from: 1, to: 100_000, fallback: 5000 }),
      rate: reader.whole("rate", { from: 1, to: 2000, fallback: 50 }),
      concurrency: reader.whole("concurrency", { from: 1, to: 100, fallback: 8 }),
      seconds: reader.whole("seconds", { from: 1, to: 7200, fallback: 300 }),
      watch,
      chartFile: reader.fileToWrite("chart"),
      junitFile: reader.fileToWrite("junit"),
      json,
    },
    "See npm run probe -- --help",
  );
  if (path !== undefined) options.url.pathname = path;
  return options;
}

type Reader = OptionReader<keyof typeof OPTIONS>;

function readUrl(given: string | undefined, reader: Reader): URL {
  const none = new URL("https://example.com");
  if (given === undefined) {
    reader.refuse("no URL: npm run probe -- https://shop.example.com");
    return none;
  }
  const url = URL.canParse(given) ? new URL(given) : none;
  if (!URL.canParse(given) || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    reader.refuse(`"${given}" is not a valid URL; it must be like https://shop.example.com, without a user`);
  return url;
}

function readWeights(text: string, reader: Reader): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const entry of text.split(",")) {
    const [, id = "", weight = ""] = /^([^=;,\s]{1,200})=(\d{1,6}(?:\.\d{1,6})?)$/.exec(entry) ?? [];
    if (id === "" || !(Number(weight) > 0))
      reader.refuse(`--expect has "${entry}"; it must be id=weight, such as i-0abc=1, with a weight above 0`);
    else if (weights.has(id)) reader.refuse(`--expect names ${id} twice`);
    else weights.set(id, Number(weight));
  }
  return weights;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----/;

/** The text of a file that an option names; undefined if the option isn't given or the file is invalid. */
function readText(
  name: string,
  given: string | undefined,
  pattern: RegExp,
  what: string,
  reader: Reader,
): string | undefined {
  if (given === undefined) return undefined;
  const file = reader.path(given);
  try {
    const text = readFileSync(file, "utf8").trim();
    if (pattern.test(text)) return text;
    reader.refuse(`--${name} ${given} is not a ${what}`);
  } catch (error) {
    reader.refuse(
      existsSync(file)
        ? `--${name} ${given} can't be read: ${error instanceof Error ? error.message : String(error)}`
        : `--${name} ${given} doesn't exist; ${whatIsThere(file)}`,
    );
  }
  return undefined;
}

/** The client's identity, from files: all users of the machine can read a command line. */
function readIdentity(
  { cert, key, bearer }: Readonly<Partial<Record<"cert" | "key" | "bearer", string>>>,
  reader: Reader,
): Identity {
  const certificate = readText("cert", cert, CERTIFICATE, "certificate in PEM", reader);
  const itsKey = readText("key", key, /-----BEGIN [A-Z ]*PRIVATE KEY-----/, "private key in PEM", reader);
  const token = readText(
    "bearer",
    bearer,
    /^[A-Za-z0-9\-._~+/]+=*$/,
    "token of RFC 6750, section 2.1",
    reader,
  );
  if ((cert === undefined) !== (key === undefined)) reader.refuse("--cert and --key go together: give both");
  const pair =
    certificate === undefined || itsKey === undefined ? undefined : { cert: certificate, key: itsKey };
  if (pair !== undefined) {
    try {
      createSecureContext(pair);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      reader.refuse(`--cert ${cert} and --key ${key} are not a valid pair: ${reason}`);
    }
  }
  return { certificate: pair, bearer: token };
}
