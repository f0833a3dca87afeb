// npm run bench:pack-speed: measures evaluations per second of our pack and of AWSGuard, in turn, over gRPC.
import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Pack, startPack, type TestResource } from "../../test/support/pack";
import { installNodePackages } from "./install";
import { estate, type Stage } from "./estate";
import { median, table, versionOf } from "./print";

const ROOT = join(__dirname, "..", "..");
const PACKS = { ours: join(ROOT, "policies"), awsguard: join(__dirname, "awsguard") } as const;
type PackName = keyof typeof PACKS;

/** Number of resources that are judged in parallel, as by an engine with `--parallel 16`. */
const IN_FLIGHT = 16;
/** Time limit of a call, in milliseconds. */
const CALL_TIMEOUT = 600_000;

const USAGE = `npm run bench:pack-speed -- [options]

  --sizes N,N…  sizes of the stacks, in resources (default: 10,1000,10000)
  --rounds N    number of rounds; each measures both packs (default: 5)
  --help        print this help`;

/** The calls to a pack: each resource separately, or all of them as a stack, at either stage. */
const QUESTIONS = ["resources", "stack, preview", "stack, up"] as const;
type Question = (typeof QUESTIONS)[number];

/** The cost of one call for all resources, in seconds. */
interface Cost {
  readonly wall: number;
  /** Processor time of the pack only; NaN without /proc. */
  readonly cpu: number;
}

/** One round of one pack. */
interface Sample {
  readonly costs: Readonly<Record<Question, Cost>>;
  /** Peak resident set size of the pack in bytes; NaN without /proc. */
  readonly peak: number;
}

main().catch((error: unknown) => {
  console.error(`bench:pack-speed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: "string", default: "10,1000,10000" },
      rounds: { type: "string", default: "5" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const rounds = wholeNumber("--rounds", values.rounds);
  const sizes = values.sizes.split(",").map((size) => wholeNumber("--sizes", size));
  installNodePackages();
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}; ` +
      `@pulumi/awsguard ${versionOf("@pulumi/awsguard")}, @pulumi/policy ${versionOf("@pulumi/policy")} on both sides.\n`,
  );
  const rules = await countRules();
  for (const size of sizes) report(size, rules, await measure(size, rounds));
}

function wholeNumber(option: string, given: string): number {
  if (!/^[1-9]\d{0,5}$/.test(given)) throw new Error(`${option} is "${given}"; it must be from 1 to 999999`);
  return Number(given);
}

type Counts = Readonly<Record<PackName, { readonly resource: number; readonly stack: number }>>;

async function countRules(): Promise<Counts> {
  const counted = await Promise.all(
    Object.entries(PACKS).map(async ([name, directory]) => {
      const pack = await startPack({ directory });
      const { policies } = await pack.info();
      await pack.stop();
      const of = (kind: string): number => policies.filter((policy) => policy.kind === kind).length;
      return [name, { resource: of("resource"), stack: of("stack") }] as const;
    }),
  );
  return Object.fromEntries(counted) as unknown as Counts;
}

/** Runs the packs in turn, each time in a new process, so that a slow minute of the machine affects both. */
async function measure(size: number, rounds: number): Promise<Record<PackName, Sample[]>> {
  const samples: Record<PackName, Sample[]> = { ours: [], awsguard: [] };
  const stacks = { preview: estate(size, "preview"), up: estate(size, "up") };
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? (["ours", "awsguard"] as const) : (["awsguard", "ours"] as const)) {
      const pack = await startPack({ directory: PACKS[name], callTimeout: CALL_TIMEOUT });
      try {
        samples[name].push(await sample(pack, stacks));
      } finally {
        await pack.stop();
      }
    }
  }
  return samples;
}

async function sample(pack: Pack, stacks: Readonly<Record<Stage, readonly TestResource[]>>): Promise<Sample> {
  // A large stack is judged by compiled code, so this lets the virtual machine compile it first.
  await askAll(pack, estate(200, "preview"));
  await pack.analyzeStack(estate(200, "preview"));
  const { preview, up } = stacks;
  const times = Math.max(1, Math.ceil(1000 / preview.length));
  const costs = {
    resources: await costOf(pack, times, () => askAll(pack, preview)),
    "stack, preview": await costOf(pack, times, () => pack.analyzeStack(preview)),
    "stack, up": await costOf(pack, times, () => pack.analyzeStack(up)),
  };
  return { costs, peak: peakMemory(pack.pid) };
}

async function askAll(pack: Pack, resources: readonly TestResource[]): Promise<void> {
  const waiting = resources.values();
  const ask = async (): Promise<void> => {
    for (const resource of waiting) await pack.analyze(resource);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask));
}

/** Repeats work that takes only milliseconds, and returns the mean. */
async function costOf(pack: Pack, times: number, work: () => Promise<unknown>): Promise<Cost> {
  const before = { wall: performance.now() / 1000, cpu: processorSeconds(pack.pid) };
  for (let time = 0; time < times; time++) await work();
  return {
    wall: (performance.now() / 1000 - before.wall) / times,
    cpu: (processorSeconds(pack.pid) - before.cpu) / times,
  };
}

/** The user and system time of a process. */
function processorSeconds(pid: number): number {
  // Source: proc_pid_stat(5), fields utime and stime; the name before them may contain spaces. USER_HZ is 100.
  const fields = fromProc(pid, "stat").split(") ").pop()?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Highest resident set size of a process so far, in bytes. */
function peakMemory(pid: number): number {
  // Source: proc_pid_status(5), VmHWM.
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(fromProc(pid, "status"))?.[1]) * 1024;
}

function fromProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

function report(size: number, rules: Counts, samples: Record<PackName, Sample[]>): void {
  console.log(
    `${size} resources, ${samples.ours.length} rounds; medians (ratio: ours / awsguard, per round)`,
  );
  const rows = [["", "rules", "evaluations/s", "µs/evaluation", "CPU µs/evaluation", "µs/resource"]];
  for (const question of QUESTIONS) {
    const kind = question === "resources" ? "resource" : "stack";
    const perEvaluation = (name: PackName, clock: keyof Cost): number[] =>
      samples[name].map(({ costs }) => (costs[question][clock] / (size * rules[name][kind])) * 1e6);
    for (const name of ["ours", "awsguard"] as const) {
      const wall = median(perEvaluation(name, "wall"));
      rows.push([
        `${question}: ${name}`,
        String(rules[name][kind]),
        (1e6 / wall).toFixed(0),
        wall.toFixed(2),
        median(perEvaluation(name, "cpu")).toFixed(2),
        (wall * rules[name][kind]).toFixed(1),
      ]);
    }
    const ratio = (clock: keyof Cost): string =>
      median(
        perEvaluation("ours", clock).map(
          (value, round) => value / (perEvaluation("awsguard", clock)[round] ?? NaN),
        ),
      ).toFixed(2);
    rows.push([`${question}: ratio`, "", "", ratio("wall"), ratio("cpu"), ""]);
  }
  console.log(table(rows));
  const peaks = (["ours", "awsguard"] as const).map((name) => {
    const bytes = median(samples[name].map(({ peak }) => peak));
    return `${name} ${Number.isNaN(bytes) ? "not measured" : `${(bytes / 2 ** 20).toFixed(0)} MiB`}`;
  });
  console.log(`Peak resident set of the pack's process: ${peaks.join(", ")}.\n`);
}
