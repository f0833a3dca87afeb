/** Command lines on PATH that are answered by a test: `pulumi`, `aws`, `gh`. */
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { ownFork } from "./fork";
import { endOf, type Run } from "./rehearse";

/** What a fake command does; nothing said is success and silence. */
export type Answer = Partial<Run> | undefined;
/** Answers a command line. */
export type Answering = (program: string, args: readonly string[]) => Answer | Promise<Answer>;

const SCRIPT = `#!${process.execPath}
const http = require("node:http");
const request = http.request(process.env.FAKE_CLI_URL + "/command", { method: "POST" }, (response) => {
  let body = "";
  response.on("data", (chunk) => (body += chunk));
  response.on("end", () => {
    const { status = 0, stdout = "", stderr = "" } = JSON.parse(body);
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    process.exitCode = status;
  });
});
request.end(JSON.stringify([require("node:path").basename(process.argv[1]), ...process.argv.slice(2)]));
`;

/** Fake commands, and an address that AWS's SDK can call. */
export class FakeCli {
  /** Each command line that was run. */
  readonly calls: string[] = [];
  private running: ChildProcess | undefined;
  /** Where tools run: a fork whose stacks can be deployed. */
  readonly project = ownFork();
  private constructor(
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  /**
   * Starts it.
   *
   * @param answer - what the commands do
   * @param aws - what AWS answers to the SDK: a body in XML
   */
  static async start(
    programs: readonly string[],
    answer: Answering,
    aws: (body: string) => string = () => "",
  ): Promise<FakeCli> {
    const folder = mkdtempSync(join(tmpdir(), "fake-cli-"));
    for (const program of programs) {
      writeFileSync(join(folder, program), SCRIPT);
      chmodSync(join(folder, program), 0o755);
    }
    const server = createServer((request, response) => {
      void (async () => {
        const body = await text(request);
        if (request.url !== "/command") {
          response.setHeader("Content-Type", "text/xml").end(aws(body));
          return;
        }
        const [program = "", ...args] = JSON.parse(body) as string[];
        fake.calls.push([program, ...args].join(" "));
        response.end(JSON.stringify((await answer(program, args)) ?? {}));
      })();
    });
    const fake = new FakeCli(server, folder);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return fake;
  }

  /**
   * Runs a tool of ours that finds the fake commands, and nothing else by their names.
   *
   * @param project - the folder that it runs in
   */
  async run(tool: string, args: readonly string[], project = this.project): Promise<Run> {
    return this.runProgram(
      process.execPath,
      ["--require", "tsx/cjs", `tools/${tool}/main.ts`, ...args],
      project,
    );
  }

  /** Runs any program that finds the fake commands. */
  async runProgram(program: string, args: readonly string[], cwd: string): Promise<Run> {
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const child = spawn(program, args, {
      cwd,
      env: {
        ...process.env,
        ...{ PATH: `${this.folder}:${process.env["PATH"] ?? ""}`, FAKE_CLI_URL: url, AWS_ENDPOINT_URL: url },
        ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", NODE_NO_WARNINGS: "1" },
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.running = child;
    return endOf(child);
  }

  /** Stops the tool that runs, as Ctrl-C does. */
  interrupt(): void {
    this.running?.kill("SIGINT");
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
    for (const folder of [this.folder, this.project]) rmSync(folder, { recursive: true });
  }
}
