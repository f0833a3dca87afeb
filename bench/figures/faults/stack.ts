import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { processesWith } from "../../../test/support/processes";
import { ROOT } from "../../../test/support/rehearse";
import type { Ended, Pulumi } from "../../../test/support/true-engine";

/** The state as `pulumi stack export` prints it. */
interface State {
  readonly resources?: readonly {
    readonly urn: string;
    readonly custom?: boolean;
    readonly id?: string;
    readonly external?: boolean;
    readonly retainOnDelete?: boolean;
  }[];
  readonly pending_operations?: readonly {
    readonly type: string;
    readonly resource: { readonly urn: string };
  }[];
}

/** Parallel calls: more than can be pending, so that each run makes every call that is ready. */
export const AT_A_TIME = 64;

const STACK = ["--stack", "dev"];

/** The stack dev of this repository's program on the true engine. */
export class Stack {
  private constructor(
    private readonly pulumi: Pulumi,
    private readonly project: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** @param folder - an empty folder for the engine's files */
  static async create(pulumi: Pulumi, folder: string, env: NodeJS.ProcessEnv): Promise<Stack> {
    const stack = new Stack(pulumi, join(folder, "project"), env);
    await mkdir(stack.project);
    await copyFile(join(ROOT, "Pulumi.yaml"), join(stack.project, "Pulumi.yaml"));
    await stack.configure({});
    const { exitCode, stderr } = await pulumi("stack", "init", "dev", "--no-select", "--cwd", stack.project);
    if (exitCode !== 0) throw new Error(`The stack can't be created:\n${stderr}`);
    return stack;
  }

  private get file(): string {
    return join(this.project, "Pulumi.dev.yaml");
  }

  /** Sets the differences from Pulumi.dev.yaml, and protects no resource, so that all can be replaced. */
  async configure(changes: object): Promise<void> {
    const text = await readFile(join(ROOT, "Pulumi.dev.yaml"), "utf8");
    const { config } = parse(text) as { readonly config: object };
    const salt = /^encryptionsalt: .*$/m.exec(await readFile(this.file, "utf8").catch(() => ""))?.[0] ?? "";
    const all = { config: { ...config, "web-store:deletionProtection": false, ...changes } };
    await writeFile(this.file, `${stringify(all)}${salt}\n`);
  }

  /** The arguments of a command that changes the stack. */
  private argsOf(what: "up" | "destroy"): string[] {
    const cwd = ["--cwd", ROOT, "--config-file", this.file];
    // Otherwise, the CLI downloads a plugin that is never started.
    return [
      what,
      "--yes",
      "--skip-preview",
      ...STACK,
      ...cwd,
      "--parallel",
      String(AT_A_TIME),
      ...(what === "up" ? ["--skip-plugin-pre-install"] : []),
    ];
  }

  run(what: "up" | "destroy"): Promise<Ended> {
    return this.pulumi(...this.argsOf(what));
  }

  /**
   * Starts a command, then kills it and all processes that it started.
   *
   * @param whenTo - resolves when the command is to be killed
   * @returns whether it was killed; it may have ended before that
   */
  async runAndKill(what: "up" | "destroy", whenTo: Promise<void>): Promise<boolean> {
    const child = spawn("pulumi", [...this.argsOf(what), "--non-interactive", "--color", "never"], {
      env: this.env,
      stdio: "ignore",
      detached: true,
    });
    const ended = once(child, "exit");
    const isKilled = await Promise.race([whenTo.then(() => true), ended.then(() => false)]);
    if (isKilled && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    await ended;
    // Plugins have their own process groups.
    for (const pid of processesWith("PULUMI_HOME", this.env["PULUMI_HOME"] ?? "none")) kill(pid);
    return isKilled;
  }

  /** Unprotects the table of orders, which the program protects in any case. */
  async unprotect(): Promise<void> {
    await this.pulumi("state", "unprotect", "--all", "--yes", ...STACK, "--cwd", this.project);
  }

  /** Cancels the update of a process that no longer exists, and removes its lock. */
  cancel(): Promise<Ended> {
    return this.pulumi("cancel", "dev", "--yes", "--cwd", this.project);
  }

  /** The AWS resources in the state (number per URN), the URNs of retained resources, and the pending operations. */
  async state(): Promise<{
    readonly kept: Map<string, number>;
    readonly retained: readonly string[];
    readonly pending: readonly string[];
  }> {
    const { exitCode, stdout, stderr } = await this.pulumi(
      "stack",
      "export",
      ...STACK,
      "--cwd",
      this.project,
    );
    if (exitCode !== 0) throw new Error(`pulumi stack export: ${stderr}`);
    const { deployment } = JSON.parse(stdout) as { readonly deployment: State };
    const kept = new Map<string, number>();
    const retained = (deployment.resources ?? []).filter((one) => one.retainOnDelete).map(({ urn }) => urn);
    for (const { urn, custom, external } of deployment.resources ?? [])
      if (custom === true && external !== true && /::aws:[^:]+:\w+::|\$aws:[^:]+:\w+::/.test(urn))
        kept.set(urn, (kept.get(urn) ?? 0) + 1);
    const pending = (deployment.pending_operations ?? []).map(
      ({ type, resource }) => `${type} ${resource.urn}`,
    );
    return { kept, retained, pending };
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has already ended.
  }
}
