import { join } from "node:path";

import { ROOT } from "../../test/support/rehearse";

/** How a command ended, and what it took. */
export interface Run {
  readonly status: number;
  readonly output: string;
  /** Seconds from start to end. */
  readonly wall: number;
  /** Seconds of processor time, of it and all below it. */
  readonly cpu: number;
  /** Highest sum of the proportional set sizes of it and all below it, in bytes. */
  readonly memory: number;
}

type RunCold = (
  side: { readonly cwd: string; readonly command: () => string[]; readonly env: object },
  options: { readonly memory: true },
) => Promise<Run>;

/**
 * Runs a command to its end, with an empty folder for temporary files.
 *
 * @param env - beside this process's own. @default none
 */
export async function run(command: readonly string[], cwd = ROOT, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  // A module of its own kind, which TypeScript can't see.
  const { runCold } = (await import(join(ROOT, "bench", "sides.mjs"))) as { readonly runCold: RunCold };
  return runCold({ cwd, command: () => [...command], env }, { memory: true });
}

/** The rehearsal's command line, as `npm run rehearse` starts it. */
export function rehearsal(...args: readonly string[]): string[] {
  return [process.execPath, join(ROOT, "packages", "rehearse", "bin.cjs"), ...args];
}

/** The slope of a line through points: least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (index: 0 | 1): number => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [px, py]) => sum + (px - x) * (py - y), 0);
  return over / points.reduce((sum, [px]) => sum + (px - x) ** 2, 0);
}

/** How fast a cost grows with a size: 1 if twice the size costs twice as much. */
export function exponent(points: readonly (readonly [size: number, cost: number])[]): number {
  return slope(points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const));
}
