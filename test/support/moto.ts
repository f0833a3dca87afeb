/**
 * moto, a stand-in for AWS's APIs that runs in Python (PyPI: moto). The tests that need it are skipped, by name, where
 * it isn't installed: `python3 -m venv .venv && .venv/bin/pip install -r test/requirements.txt`.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { describeWith } from "./programs";
import { ROOT } from "./rehearse";

const PYTHON = join(ROOT, ".venv", "bin", "python");

/** Describes what needs moto; without it, each test is skipped and says so. */
export function describeWithMoto(title: string, tests: () => void): void {
  describeWith(["moto_server"], title, tests);
}

/** A moto that listens on a port of loopback. */
export class Moto {
  private constructor(
    private readonly process: ChildProcess,
    /** Where every AWS client finds it. */
    readonly url: string,
  ) {}

  /** Starts it, empty, on any port, or on one that it had before. */
  static async start(port = 0): Promise<Moto> {
    const server = spawn(join(ROOT, ".venv", "bin", "moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    for await (const line of createInterface({ input: server.stderr })) {
      const [, url] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line) ?? [];
      if (url === undefined) continue;
      server.stderr.resume();
      return new Moto(server, url);
    }
    throw new Error("moto ended before it listened");
  }

  /** Runs a script that sets things up by boto3 and prints JSON; its arguments are moto's URL and `wanted`. */
  setUp<Shape>(script: string, wanted: object): Shape {
    return JSON.parse(
      execFileSync(PYTHON, [join(ROOT, script), this.url, JSON.stringify(wanted)], { encoding: "utf8" }),
    ) as Shape;
  }

  async stop(): Promise<void> {
    this.process.kill();
    await once(this.process, "exit");
  }
}
