/**
 * Measures the probe's error rates: `npm run bench:probe`. It judges thousands of random draws, and hundreds of samples
 * from a real NGINX on loopback. Some are fair, others are off by exactly the effect that must be noticed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { nginx } from "../../test/probe/variants";
import { freePort, portOf, startBackend, startBalancer, stop } from "../../test/support/balancers";
import { Authority } from "../../test/support/certificates";
import { judgeShares } from "../../tools/probe/checks/distribution";
import { type Sample, takeSamples } from "../../tools/probe/sample";
import { sampleSize, sum } from "../../tools/probe/statistics";

const SETTINGS = { alpha: 0.01, power: 0.9, effect: 0.3 };
const NAMES = ["a", "b", "c"] as const;
const EQUAL = new Map(NAMES.map((name) => [name as string, 1]));
/** One backend gets more, the others less: Cohen's w is 0.3. */
const SKEWED = [181, 100, 100] as const;
const DRAWS = 10_000;
const REAL_RUNS = 150;

const requests = sampleSize([1 / 3, 1 / 3, 1 / 3], SETTINGS);
const judge = (samples: readonly Sample[]): boolean | null =>
  judgeShares(samples, EQUAL, { alpha: SETTINGS.alpha, algorithm: "random" }).check.passed;

function drawn(weights: readonly number[]): Sample[] {
  return Array.from({ length: requests }, (_, at) => {
    let rest = Math.random() * sum(weights);
    const index = weights.findIndex((weight) => (rest -= weight) < 0);
    return { at, backend: NAMES[index], zone: undefined, milliseconds: 1, failure: undefined };
  });
}

async function served(weights: readonly number[], runs: number): Promise<Sample[][]> {
  const folder = mkdtempSync(join(tmpdir(), "rates-"));
  const backends = await Promise.all(NAMES.map((name) => startBackend(name, "z")));
  const [tls, plain] = [await freePort(), await freePort()];
  const certificate = new Authority(folder).issue("localhost", { name: "localhost", days: 1 });
  const variant = { certificate, oldTls: false, plain: "serve", weights, hardened: false } as const;
  const configuration = nginx(variant, { tls, plain, backends: backends.map(portOf) });
  const balancer = await startBalancer("nginx", folder, configuration, [plain]);
  try {
    const found: Sample[][] = [];
    const settings = {
      header: "x-served-by",
      ca: undefined,
      identity: {},
      rate: 2000,
      concurrency: 16,
      seconds: 60,
    };
    for (let run = 0; run < runs; run++)
      found.push(await takeSamples({ ...settings, url: new URL(`http://127.0.0.1:${plain}/`) }, requests));
    return found;
  } finally {
    await stop(balancer);
    for (const backend of backends) backend.close();
    rmSync(folder, { recursive: true });
  }
}

const share = (runs: readonly Sample[][], wrong: boolean): string =>
  `${((100 * runs.filter((samples) => judge(samples) === wrong).length) / runs.length).toFixed(2)} %`;

async function main(): Promise<void> {
  const many = (weights: readonly number[]) => Array.from({ length: DRAWS }, () => drawn(weights));
  console.table([
    {
      what: "false alarms, equal shares",
      promised: `${SETTINGS.alpha * 100} %`,
      [`${DRAWS} draws`]: share(many([1, 1, 1]), false),
      [`${REAL_RUNS} times NGINX`]: share(await served([1, 1, 1], REAL_RUNS), false),
    },
    {
      what: "missed, off by w = 0.3",
      promised: `${((1 - SETTINGS.power) * 100).toFixed(0)} %`,
      [`${DRAWS} draws`]: share(many(SKEWED), true),
      [`${REAL_RUNS} times NGINX`]: share(await served(SKEWED, REAL_RUNS), true),
    },
  ]);
  console.log(`${requests} requests a run, ${JSON.stringify(SETTINGS)}`);
}

void main();
