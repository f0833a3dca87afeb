import { ask } from "../ask";
import type { Options } from "../options";
import { countBy, type Sample, servedBy } from "../sample";
import { chiSquare, lowerTail, sharesOf, sum, upperTail } from "../statistics";
import type { Check, Share } from "../types";

type Judged = Pick<Options, "alpha" | "algorithm">;

/** A backend is slow if its answers take this many times as long as the median backend's. */
const SLOW = 2;

/** The share of each backend, and whether the shares are as expected. */
export function judgeShares(
  samples: readonly Sample[],
  weights: ReadonlyMap<string, number> | undefined,
  { alpha, algorithm }: Judged,
): { readonly check: Check; readonly shares: readonly Share[] } {
  const served = countBy(samples, ({ backend }) => backend);
  const total = sum(served.values());
  const wanted = weights && sharesOf(weights);
  const names = [...new Set([...(wanted?.keys() ?? []), ...served.keys()])].sort();
  const shares = names.map((backend) => ({
    backend,
    expected: wanted === undefined ? null : (wanted.get(backend) ?? 0),
    served: served.get(backend) ?? 0,
  }));
  const tell = (passed: boolean | null, detail: string) => ({
    check: { id: "shares", passed, detail } as const,
    shares,
  });
  const failures = samples.filter(({ failure }) => failure !== undefined);
  if (failures.length > 0) {
    const [first] = failures;
    return tell(
      false,
      `${failures.length} of ${samples.length} requests failed, the first with ${first?.failure}`,
    );
  }
  if (total === 0)
    return tell(weights === undefined ? null : false, "no answer names its backend (--header)");
  if (weights === undefined) {
    return tell(
      null,
      `${names.length} seen in ${total} requests; without --expect or --stack a missing one can't be noticed`,
    );
  }
  const unexpected = names.filter((name) => !weights.has(name));
  if (unexpected.length > 0) return tell(false, `not among those expected: ${unexpected.join(", ")}`);
  if (algorithm === "least-connections") return tell(...judgeSlow(samples, shares));
  const unseen = shares.filter((share) => share.served === 0).map(({ backend }) => backend);
  if (unseen.length > 0) return tell(false, `never seen in ${total} requests: ${unseen.join(", ")}`);
  if (shares.length === 1) return tell(true, `one backend served all ${total} requests`);
  const statistic = chiSquare(
    shares.map((share) => share.served),
    shares.map(({ expected }) => expected ?? 0),
  );
  const degrees = shares.length - 1;
  const chance = upperTail(statistic, degrees);
  const found = `chi-square ${statistic.toFixed(1)} with ${degrees} degrees of freedom, p ${chance.toFixed(4)}, ${total} requests`;
  if (chance < alpha) return tell(false, `not in these shares: ${found}`);
  if (algorithm === "round-robin") {
    const even = lowerTail(statistic, degrees);
    const dispersion = (statistic / degrees).toFixed(2);
    return even < 0.05
      ? tell(true, `in turn: dispersion ${dispersion}, ${found}`)
      : tell(false, `in these shares, but as if by chance, not in turn: dispersion ${dispersion}, ${found}`);
  }
  return tell(true, `in these shares: ${found}`);
}

/**
 * With least connections each backend has about as many open requests, so its share is inversely proportional to its
 * response time (Little, Operations Research 9:383, 1961). Round robin gives a slow backend as many as the others.
 */
function judgeSlow(samples: readonly Sample[], shares: readonly Share[]): [boolean | null, string] {
  const times = new Map(
    shares.map(({ backend }) => {
      const own = samples
        .filter((sample) => sample.backend === backend)
        .map(({ milliseconds }) => milliseconds);
      return [backend, sum(own) / own.length] as const;
    }),
  );
  const known = [...times.values()].filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  const middle = known[Math.floor((known.length - 1) / 2)] ?? 0;
  const slow = shares.filter(({ backend }) => (times.get(backend) ?? 0) >= SLOW * middle);
  if (slow.length === 0) {
    return [null, `no backend is ${SLOW} times as slow as the others: make one slow, and probe again`];
  }
  const total = sum(shares.map(({ served }) => served));
  const told = slow.map(({ backend, served, expected }) => {
    const share = served / total;
    // Half way between its share by turns and its share by response time.
    const byTime = ((expected ?? 0) * middle) / (times.get(backend) ?? middle);
    return { isSpared: share < ((expected ?? 0) + byTime) / 2, backend, share };
  });
  const text = told
    .map(
      ({ backend, share }) =>
        `${backend} takes ${Math.round(times.get(backend) ?? 0)} ms and gets ${percent(share)}`,
    )
    .join(", ");
  const passed = told.every(({ isSpared }) => isSpared);
  return [passed, `${text}; the others take ${Math.round(middle)} ms${passed ? "" : ": it is not spared"}`];
}

/** Whether the requests reach every zone, in proportion to its backends. */
export function judgeZones(
  samples: readonly Sample[],
  shares: readonly Share[],
  { alpha, algorithm }: Judged,
): Check {
  const id = "zones";
  const served = countBy(samples, ({ zone }) => zone);
  if (served.size === 0) return { id, passed: null, detail: 'the header names no zone ("; zone=…")' };
  const zoneOf = new Map(
    samples.flatMap(({ backend, zone }) => (backend && zone ? [[backend, zone] as const] : [])),
  );
  const zones = [...served.keys()].sort();
  const text = zones.map((zone) => `${zone} ${served.get(zone)}`).join(", ");
  if (zones.length < 2) return { id, passed: false, detail: `all from one zone, ${text}` };
  const expected = zones.map((zone) =>
    sum(shares.filter(({ backend }) => zoneOf.get(backend) === zone).map((share) => share.expected ?? 0)),
  );
  const whole = sum(expected);
  // Without weights, or with a slow backend, there is no expected share of a zone.
  if (whole === 0 || algorithm === "least-connections")
    return { id, passed: whole === 0 ? null : true, detail: text };
  const statistic = chiSquare(
    zones.map((zone) => served.get(zone) ?? 0),
    expected.map((share) => share / whole),
  );
  const chance = upperTail(statistic, zones.length - 1);
  return { id, passed: chance >= alpha, detail: `${text}; p ${chance.toFixed(4)}` };
}

/** Requests of one visitor with cookies. */
const VISITS = 12;

/** Whether a visitor with cookies stays with one backend, or doesn't, as requested. */
export async function checkStickiness(
  { url, header, ca, identity, sticky }: Pick<Options, "url" | "header" | "ca" | "identity" | "sticky">,
  backends: number,
): Promise<Check> {
  const id = "stickiness";
  const cookies = new Map<string, string>();
  const seen = new Set<string>();
  for (let visit = 0; visit < VISITS; visit++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await ask(url, { ca, identity, headers: cookie === "" ? {} : { cookie } });
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (at > 0) cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const { backend } = servedBy(answer, header);
    if (backend !== undefined) seen.add(backend);
  }
  if (seen.size === 0) return { id, passed: null, detail: "no answer names its backend (--header)" };
  if (backends < 2) return { id, passed: null, detail: "only one backend: nothing to check" };
  const text = `${VISITS} requests with cookies (${[...cookies.keys()].join(", ") || "none set"}) reached ${seen.size}`;
  return { id, passed: sticky ? seen.size === 1 : seen.size > 1, detail: text };
}

/** `33.3 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
