/**
 * moto, a mock of AWS's APIs that runs in Python (PyPI: moto). The tests that need it are skipped where it isn't
 * installed, and their titles say so. To install it:
 * `python3 -m venv .venv && .venv/bin/pip install -r test/requirements.txt`.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

import { describeWith } from "./programs";
import { ROOT } from "./rehearse";

const PYTHON = join(ROOT, ".venv", "bin", "python");

/** Describes tests that need moto; without it, each test is skipped and says so. */
export function describeWithMoto(title: string, tests: () => void): void {
  describeWith(["moto_server"], title, tests);
}

/** A moto server on a loopback port. */
export class Moto {
  private constructor(
    private readonly process: ChildProcessByStdio<Writable, Readable, null>,
    private readonly lines: AsyncIterator<string, undefined>,
    /** The endpoint for AWS clients. */
    readonly url: string,
  ) {}

  /** Starts an empty server, on any port or on the one that it had before. */
  static async start(port = 0): Promise<Moto> {
    const server = spawn(PYTHON, [join(__dirname, "moto-server.py"), String(port)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const output = createInterface({ input: server.stdout });
    const lines = output[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;
    const { value, done } = await lines.next();
    if (done === true) throw new Error("moto ended before it listened");
    return new Moto(server, lines, `http://127.0.0.1:${value}`);
  }

  /**
   * Runs a script that creates resources with boto3 and prints JSON; its arguments are moto's URL and `wanted`.
   *
   * @throws if it fails, with Python's error output
   */
  async setUp<Shape>(script: string, wanted: object): Promise<Shape> {
    this.process.stdin.write(`${JSON.stringify({ script: join(ROOT, script), wanted })}\n`);
    const { value } = await this.lines.next();
    const { printed, failed } = JSON.parse(String(value)) as { printed?: string; failed?: string };
    if (printed === undefined) throw new Error(`${script}: ${failed}`);
    return JSON.parse(printed) as Shape;
  }

  async stop(): Promise<void> {
    this.process.kill();
    await once(this.process, "exit");
  }
}
