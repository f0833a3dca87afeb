import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { ROOT } from "../../../test/support/rehearse";

/** A reader's result for a stack file. */
export interface Reading {
  /** Every setting as the string that a program gets. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly refused?: string;
  /** An error that isn't written for users. */
  readonly crashed?: string;
}

/** A process that reads one file after another. */
export interface Reader {
  /** @returns undefined if there was no answer in time; then it reads no more files */
  read(file: Buffer): Promise<Reading | undefined>;
  close(): void;
}

/** The rehearsal's reader of stack files. */
export function ourReader(): Reader {
  const { folder, remove } = temporary("figures-reader-");
  const own = reader(process.execPath, ["--require", "tsx/cjs", join(__dirname, "reader.ts"), folder]);
  return { read: (file) => own.read(file), close: () => (own.close(), remove()) };
}

/** Pulumi's own loader, built for the time of its use; undefined if Go isn't installed or can't build it. */
export function pulumiReader(): Reader | undefined {
  const { folder, remove } = temporary("pulumi-loader-");
  const program = join(folder, "loader");
  const { status } = spawnSync("go", ["build", "-o", program, "."], {
    cwd: join(__dirname, "pulumi-loader"),
    stdio: "inherit",
  });
  if (status !== 0) return undefined;
  const loader = reader(program, []);
  return { read: (file) => loader.read(file), close: () => (loader.close(), remove()) };
}

/** A temporary folder, which is removed by `remove` or when this process ends. */
function temporary(prefix: string): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  return { folder, remove };
}

/** Time limit for one file on a busy machine, in milliseconds. */
const PATIENCE = 60_000;

function reader(command: string, args: readonly string[]): Reader {
  const child = spawn(command, args, { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.stdin.on("error", () => undefined); // The process has ended; there is no answer.
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async read(file) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>(
        (resolve) => (timer = setTimeout(() => resolve(undefined), PATIENCE)),
      );
      child.stdin.write(`${file.toString("base64")}\n`);
      const answer = await Promise.race([answers.next(), late]);
      clearTimeout(timer);
      if (answer === undefined || answer.done === true) return undefined;
      return JSON.parse(answer.value) as Reading;
    },
    close() {
      process.off("exit", kill);
      kill();
    },
  };
}
