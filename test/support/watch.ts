import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { JsonStack } from "../../packages/rehearse/report/json";
import { pack, ROOT } from "./rehearse";

/** A line of `--watch --json`, for one run. */
export type Line = { readonly stacks: readonly JsonStack[] } | { readonly error: string };

/** A program and a pack in a temporary folder, whose files a test may change. */
export class Workspace {
  /** The folder. */
  readonly folder = mkdtempSync(join(tmpdir(), "watch-"));

  /** @param files - by name, in addition to a copy of the pack `judges-buckets` in `pack/` */
  constructor(files: Readonly<Record<string, string>>) {
    cpSync(pack("judges-buckets"), join(this.folder, "pack"), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(this.folder, "node_modules"));
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  /** Writes a file. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A rehearsal that watches a workspace. */
export class Watching {
  private readonly child;
  private readonly lines: string[] = [];
  private arrived: () => void = () => undefined;

  /** @param args - in addition to `--watch` */
  constructor(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const all = [join(ROOT, "packages/rehearse/bin.cjs"), "--watch", "--program", folder, ...args];
    this.child = spawn(process.execPath, all, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      this.lines.push(line);
      this.arrived();
    });
  }

  /** The number of unread lines. */
  get unread(): number {
    return this.lines.length;
  }

  /** The next line of its output. */
  async text(): Promise<string> {
    while (this.lines.length === 0) await new Promise<void>((resolve) => (this.arrived = resolve));
    return this.lines.shift() ?? "";
  }

  /** The lines up to and including one that matches. */
  async upTo(pattern: RegExp): Promise<string> {
    const lines = [];
    do lines.push(await this.text());
    while (!pattern.test(lines.at(-1) ?? ""));
    return lines.join("\n");
  }

  /** The next run's result, with `--json`. */
  async next(): Promise<Line> {
    return JSON.parse(await this.text()) as Line;
  }

  /** Interrupts it. @returns its exit status */
  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    const closed = once(this.child, "close") as Promise<[number | null]>;
    this.child.kill(signal);
    const [status] = await closed;
    return status;
  }
}
