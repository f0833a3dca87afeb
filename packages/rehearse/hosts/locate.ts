import { createRequire } from "node:module";
import { join } from "node:path";
import { RehearsalError } from "../errors";
import { PACKAGE } from "../paths";

/** Loaded first into every child process; see there. */
export const PRELOAD = join(PACKAGE, "hosts", "preload.cjs");

/**
 * The path of an SDK script in a folder's own packages.
 * @throws RehearsalError if they aren't installed.
 */
export function locateSdkScript(dir: string, script: string): string {
  try {
    return createRequire(join(dir, "package.json")).resolve(`@pulumi/pulumi/cmd/${script}`);
  } catch {
    throw new RehearsalError(
      `@pulumi/pulumi is not installed for ${dir}: run npm ci (or npm install) there first`,
    );
  }
}

/** Splits `runtime.options.nodeargs` as a shell would: at spaces that no quotes enclose. */
export function splitArguments(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ""),
  );
}

/** Waits for work with a time limit. */
export async function within<T>(milliseconds: number, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
