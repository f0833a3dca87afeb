import { join } from "node:path";

import { ROOT } from "../../test/support/rehearse";

/** The exit status of a command, and the time and memory that it used. */
export interface Run {
  readonly status: number;
  readonly output: string;
  /** Seconds from start to end. */
  readonly wall: number;
  /** Seconds of processor time, of the command and its descendants. */
  readonly cpu: number;
  /** Peak memory in bytes: the highest sum of the proportional set sizes of the command and its descendants. */
  readonly memory: number;
}

type RunCold = (
  side: { readonly cwd: string; readonly command: () => string[]; readonly env: object },
  options: { readonly memory: true },
) => Promise<Run>;

/**
 * Runs a command to its end, with an empty folder for temporary files.
 *
 * @param env - in addition to this process's own. @default none
 */
export async function run(command: readonly string[], cwd = ROOT, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  // An ES module without types for TypeScript.
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

/** The exponent with which a cost grows with a size: 1 if twice the size costs twice as much. */
export function exponent(points: readonly (readonly [size: number, cost: number])[]): number {
  return slope(points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const));
}
