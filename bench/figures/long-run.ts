import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import { listeningAddresses, processesWith } from "../../test/support/processes";
import { fixture, pack, rehearseHere, ROOT, startRehearsal } from "../../test/support/rehearse";
import { PACKS_HERE } from "../../test/support/warm-host";
import { type Holdings, holdingsOf } from "./family";
import { type Figure, type Measured, type Measurement, NotMeasured, type Part } from "./part";
import { slope } from "./run";

/** Bytes that a run may leave in memory, noise of the garbage collector for a rehearsal of five resources. */
const FLAT = 20 * 1024;

/** Time limit for the verdict after a save, in milliseconds, on a busy machine. */
const PATIENCE = 120_000;

export const longRun: Part = {
  name: "long-run",
  claims:
    "A thousand rehearsals leave no process, port, file or folder behind, and memory stays flat. The same " +
    "holds for `--watch` over a thousand saves.",
  judge:
    "Linux's own lists of processes, sockets and open files, the temporary folder, and the slope of " +
    "resident memory over the last half of the runs. One twentieth of the runs are separate processes, and " +
    "as many saves are watched.",
  count: 1000,
  counted: "rehearsals",
  measure,
};

const PROGRAM = ["--program", fixture("one-bucket"), "--policy-pack", pack("allows")];

async function measure(run: Measurement): Promise<Measured> {
  if (process.platform !== "linux") throw new NotMeasured("processes are looked up in Linux's /proc");
  const faults: string[] = [];
  return {
    figures: [
      ...(await inProcess(run, faults)),
      ...(await asProcesses(run, faults)),
      ...(await watched(run, faults)),
    ],
    faults,
  };
}

async function inProcess({ count, log, signal }: Measurement, faults: string[]): Promise<Figure[]> {
  const folders = temporary();
  await rehearseHere(["dev", ...PROGRAM, "--json"], PACKS_HERE);
  const before = holdingsOf(process.pid);
  const samples: [number, number][] = [];
  let done = 0;
  for (; done < count && !signal.aborted; done++) {
    const { status, stderr } = await rehearseHere(["dev", ...PROGRAM, "--json"], PACKS_HERE);
    if (status !== 0) faults.push(`rehearsal ${done + 1} ended with status ${status}: ${stderr.slice(-300)}`);
    samples.push([done, holdingsOf(process.pid).resident]);
    log(`${done + 1} of ${count} rehearsals in this process`);
  }
  await sleep(1000);
  return [
    ...leaks(`after rehearsals in one process`, before, holdingsOf(process.pid), done),
    ...left(folders, done),
    growth("a rehearsal", samples),
  ];
}

async function asProcesses({ count, log, signal }: Measurement, faults: string[]): Promise<Figure[]> {
  const folders = temporary();
  const mark = `long-run-${process.pid}`;
  const runs = Math.ceil(count / 20);
  let done = 0;
  for (; done < runs && !signal.aborted; done++) {
    const { status, stderr } = await startRehearsal(["dev", ...PROGRAM], { env: { FIGURES_MARK: mark } })
      .ended;
    if (status !== 0) faults.push(`process ${done + 1} ended with status ${status}: ${stderr.slice(-300)}`);
    log(`${done + 1} of ${runs} rehearsals as processes`);
  }
  await sleep(1000);
  const still = processesWith("FIGURES_MARK", mark);
  return [
    {
      what: "processes left by finished rehearsals",
      value: still.length,
      unit: "",
      goal: { atMost: 0 },
      of: done,
    },
    ...left(folders, done),
  ];
}

async function watched({ count, log, signal }: Measurement, faults: string[]): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "watched-"));
  cpSync(fixture("plain-resources"), folder, { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const folders = temporary();
  const mark = `watched-${process.pid}`;
  const args = ["dev", "--program", folder, "--policy-pack", pack("allows"), "--watch", "--json"];
  const { child, ended } = startRehearsal(args, { env: { FIGURES_MARK: mark } });
  const pid = child.pid ?? 0;
  try {
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const verdict = async (): Promise<boolean> => {
      const late = sleep(PATIENCE, undefined, { ref: false });
      return (await Promise.race([lines.next(), late])) !== undefined;
    };
    await verdict();
    await sleep(3000);
    const [before, ports] = [holdingsOf(pid), listeningAddresses(pid).length];
    const samples: [number, number][] = [];
    let done = 0;
    for (; done < count && !signal.aborted; done++) {
      utimesSync(join(folder, "index.ts"), new Date(), new Date());
      if (!(await verdict())) {
        faults.push(`save ${done + 1} got no verdict in ${PATIENCE / 1000} s`);
        break;
      }
      samples.push([done, holdingsOf(pid).resident]);
      log(`${done + 1} of ${count} saves watched`);
    }
    await sleep(3000);
    const after = holdingsOf(pid);
    return [
      ...leaks("after saves that --watch saw", before, after, done),
      {
        what: "additional ports after saves under --watch",
        value: Math.max(0, listeningAddresses(pid).length - ports),
        unit: "",
        goal: { atMost: 0 },
        of: done,
      },
      growth("a save", samples),
    ];
  } finally {
    child.kill("SIGTERM");
    await ended;
    await sleep(1000);
    const still = processesWith("FIGURES_MARK", mark);
    if (still.length > 0) faults.push(`${still.length} processes are left after --watch ended`);
    for (const name of temporary())
      if (!folders.has(name)) faults.push(`${name} is left in the temporary folder after --watch ended`);
    rmSync(folder, { recursive: true, force: true });
  }
}

function leaks(when: string, before: Holdings, after: Holdings, of: number): Figure[] {
  const more = (kind: "processes" | "files"): number => Math.max(0, after[kind] - before[kind]);
  const none = { unit: "", goal: { atMost: 0 }, of };
  return [
    { what: `additional processes ${when}`, value: more("processes"), ...none },
    { what: `additional open files and sockets ${when}`, value: more("files"), ...none },
  ];
}

/** Growth of resident memory over the last half of the runs: in the first half, caches fill. */
function growth(each: string, samples: readonly (readonly [number, number])[]): Figure {
  const half = samples.slice(Math.floor(samples.length / 2));
  const bytes = half.length < 2 ? 0 : slope(half);
  return {
    what: `additional memory after ${each}, over the last half`,
    value: bytes / 1024,
    unit: "KiB",
    goal: { atMost: FLAT / 1024 },
    of: half.length,
  };
}

/** The temporary files and folders of rehearsals. Files of other programs on the machine are not counted. */
function temporary(): Set<string> {
  return new Set(readdirSync(tmpdir()).filter((name) => /^(rehearse|against|pack|web-store)-/.test(name)));
}

function left(before: ReadonlySet<string>, of: number): Figure[] {
  const more = [...temporary()].filter((name) => !before.has(name));
  return [
    { what: "temporary files and folders left", value: more.length, unit: "", goal: { atMost: 0 }, of },
  ];
}
