import { ask } from "./ask";
import { checkStickiness, judgeShares, judgeZones } from "./checks/distribution";
import { checkHeaders, checkHealth, checkRedirect, checkTls } from "./checks/https";
import type { Options } from "./options";
import { takeSamples } from "./sample";
import { sampleSize, sharesOf } from "./statistics";
import { CHECK_IDS, type Report } from "./types";
import { CliError } from "../cli/command";

/** The number of requests if the backends aren't known: enough to find them. */
const UNKNOWN_REQUESTS = 200;

/**
 * Probes a URL.
 *
 * @param weights - the backends with their weights; undefined if not known
 * @throws CliError if the URL can't be reached, or can't be judged within `requests`, `rate` and `seconds`
 */
export async function probe(
  options: Options,
  weights: ReadonlyMap<string, number> | undefined,
): Promise<Report> {
  const { url } = options;
  const first = await ask(url, { ca: options.ca, identity: options.identity });
  if (first.error !== undefined) throw new CliError(`${url.href} can't be reached: ${first.error}`);
  const requests = requestsFor(options, weights);

  const [redirect, health, tls] = await Promise.all([
    checkRedirect(options),
    checkHealth(options),
    checkTls(options),
  ]);
  const samples = await takeSamples(options, requests);
  const { check, shares } = judgeShares(samples, weights, options);
  const zones = judgeZones(samples, shares, options);
  const stickiness = await checkStickiness(options, shares.length);
  const checks = [redirect, health, checkHeaders(options, first), ...tls, check, zones, stickiness];
  checks.sort((a, b) => CHECK_IDS.indexOf(a.id) - CHECK_IDS.indexOf(b.id));
  const failed = checks.some(({ passed }) => passed === false);
  const isComplete = check.passed !== null;
  return { url: url.href, checks, shares, verdict: failed ? "fail" : isComplete ? "pass" : "incomplete" };
}

function requestsFor(options: Options, weights: ReadonlyMap<string, number> | undefined): number {
  const { requests, rate, seconds } = options;
  const bound = Math.min(requests, rate * seconds);
  if (weights === undefined) return Math.min(bound, UNKNOWN_REQUESTS);
  const needed = sampleSize([...sharesOf(weights).values()], options);
  if (needed <= bound) return needed;
  throw new CliError(
    `it takes ${needed} requests to notice a deviation of ${options.effect} with a chance of ${options.power}, and at most ` +
      `${bound} are allowed (--requests ${requests}, --rate ${rate} for --seconds ${seconds}): ` +
      `raise those, or look for a larger --effect`,
  );
}
