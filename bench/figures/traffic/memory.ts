import { readFileSync } from "node:fs";

/** Resident memory of a process in MiB; undefined after the process ended. */
function residentOf(pid: number): number | undefined {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return text === "" ? [] : text.split(" ").map(Number);
  } catch {
    return [];
  }
}

/** The resident memory of a process and its children over time. */
export class Memory {
  private readonly samples: { readonly minutes: number; readonly mebibytes: number }[] = [];
  private readonly started = performance.now();

  constructor(private readonly pid: number) {}

  look(): void {
    const all = [this.pid, ...childrenOf(this.pid)].map(residentOf);
    if (all[0] === undefined) return;
    const mebibytes = all.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    this.samples.push({ minutes: (performance.now() - this.started) / 60_000, mebibytes });
  }

  /** The last sample, in MiB. */
  get now(): number {
    return this.samples.at(-1)?.mebibytes ?? 0;
  }

  /** Growth per minute over the second half, in MiB: the slope by least squares. */
  get slope(): number {
    const half = this.samples.slice(Math.floor(this.samples.length / 2));
    const mean = (of: "minutes" | "mebibytes"): number =>
      half.reduce((sum, one) => sum + one[of], 0) / half.length;
    const [x, y] = [mean("minutes"), mean("mebibytes")];
    const over = half.reduce((sum, one) => sum + (one.minutes - x) * (one.mebibytes - y), 0);
    const under = half.reduce((sum, one) => sum + (one.minutes - x) ** 2, 0);
    return under === 0 ? 0 : over / under;
  }
}
