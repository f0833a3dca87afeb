import { ask } from "./ask";
import { checkStickiness, judgeShares, judgeZones } from "./checks/distribution";
import {
  checkCertificate,
  checkHeaders,
  checkHealth,
  checkHttp2,
  checkKeyExchange,
  checkRedirect,
  checkTlsVersions,
  TLS_CHECKS,
} from "./checks/https";
import type { Options } from "./options";
import { takeSamples } from "./sample";
import { sampleSize } from "./statistics";
import { type Check, CHECK_IDS, ProbeError, type Report } from "./types";

/** Requests without knowing the backends: enough to see who is there. */
const UNKNOWN_REQUESTS = 200;

/**
 * Probes a URL.
 *
 * @param weights - the backends there are, and their weights; undefined if nobody says
 * @throws ProbeError if it can't be reached at all, or can't be judged within `requests`, `rate` and `seconds`
 */
export async function probe(
  options: Options,
  weights: ReadonlyMap<string, number> | undefined,
): Promise<Report> {
  const { url } = options;
  const first = await ask(url, { ca: options.ca });
  if (first.error !== undefined) throw new ProbeError(`${url.href} can't be reached: ${first.error}`);
  const requests = requestsFor(options, weights);

  const isSecure = url.protocol === "https:";
  const tls = {
    certificate: checkCertificate,
    "tls-versions": checkTlsVersions,
    "key-exchange": checkKeyExchange,
    http2: checkHttp2,
  };
  const checks = await Promise.all([
    checkRedirect(options),
    checkHeaders(options),
    checkHealth(options),
    ...TLS_CHECKS.map((id): Promise<Check> | Check =>
      isSecure
        ? tls[id as keyof typeof tls](options)
        : { id, passed: false, detail: `the URL is plain HTTP: probe https://${url.host} instead` },
    ),
  ]);
  const samples = await takeSamples(options, requests);
  const { check, shares } = judgeShares(samples, weights, options);
  checks.push(check, judgeZones(samples, shares, options), await checkStickiness(options, shares.length));
  checks.sort((a, b) => CHECK_IDS.indexOf(a.id) - CHECK_IDS.indexOf(b.id));
  const failed = checks.some(({ passed }) => passed === false);
  const isComplete = check.passed !== null;
  return { url: url.href, checks, shares, verdict: failed ? "fail" : isComplete ? "pass" : "incomplete" };
}

function requestsFor(options: Options, weights: ReadonlyMap<string, number> | undefined): number {
  const { requests, rate, seconds } = options;
  const bound = Math.min(requests, rate * seconds);
  if (weights === undefined) return Math.min(bound, UNKNOWN_REQUESTS);
  const sum = [...weights.values()].reduce((a, b) => a + b, 0);
  const needed = sampleSize(
    [...weights.values()].map((weight) => weight / sum),
    options,
  );
  if (needed <= bound) return needed;
  throw new ProbeError(
    `it takes ${needed} requests to notice a deviation of ${options.effect} with a chance of ${options.power}, and at most ` +
      `${bound} are allowed (--requests ${requests}, --rate ${rate} for --seconds ${seconds}): ` +
      `raise those, or look for a larger --effect`,
  );
}
