/** Commands on PATH that a test answers: `pulumi`, `aws`, `gh`. */
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Server as SocketServer } from "node:net";
import type { Socket } from "node:net";
import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import type { Streams } from "../../tools/cli/command";
import { ownFork } from "./fork";
import "./quick-waits.cjs";
import { endOf, ROOT, type Run } from "./rehearse";

/** The result of a fake command; undefined is success without output. */
export type Answer = Partial<Run> | undefined;
/** Answers a command line. */
export type Answering = (program: string, args: readonly string[]) => Answer | Promise<Answer>;

/**
 * Asks the test, which writes the output to a file: a shell starts twenty times as fast as Node.js, and its own commands
 * need no further process. An argument and an output may be any text without a NUL.
 */
const SCRIPT = `#!/bin/bash
exec 3<>"/dev/tcp/127.0.0.1/$FAKE_CLI_PORT"
printf '%s\\0' "$#" "\${0##*/}" "$@" >&3
read -r status answer <&3
IFS= read -rd '' text <"$answer.stdout"
printf '%s' "$text"
IFS= read -rd '' text <"$answer.stderr"
printf '%s' "$text" >&2
exit "$status"
`;

/** The command line of one of our tools. */
export type CommandLine = (argv: readonly string[], streams: Streams) => Promise<number>;

/** The scripts that `npm run` runs for a tool. */
const { scripts: SCRIPTS } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** Fake commands, and an endpoint that the AWS SDK can call. */
export class FakeCli {
  /** All command lines that were run. */
  readonly calls: string[] = [];
  private running: ChildProcess | undefined;
  /** The working directory of the tools: a fork whose stacks can be deployed. */
  readonly project = ownFork();
  private constructor(
    private readonly api: Server,
    private readonly commands: SocketServer,
    private readonly folder: string,
  ) {}

  /**
   * Starts the fake commands.
   *
   * @param answer - returns a command's result
   * @param aws - returns AWS's answer to the SDK: a body in XML
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
    const api = createServer((request, response) => {
      void text(request).then((body) => response.setHeader("Content-Type", "text/xml").end(aws(body)));
    });
    const commands = createSocketServer((socket) => {
      void (async () => {
        const [program = "", ...args] = await wordsFrom(socket);
        fake.calls.push([program, ...args].join(" "));
        const { status = 0, stdout = "", stderr = "" } = (await answer(program, args)) ?? {};
        const file = join(folder, `answer-${fake.calls.length}`);
        writeFileSync(`${file}.stdout`, stdout);
        writeFileSync(`${file}.stderr`, stderr);
        socket.end(`${status} ${file}\n`);
      })();
    });
    const fake = new FakeCli(api, commands, folder);
    for (const server of [api, commands]) {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    }
    return fake;
  }

  /**
   * Runs one of our tools. It finds the fake commands on its PATH, and no other programs under their names.
   *
   * @param project - the working directory
   */
  async run(tool: string, args: readonly string[], project = this.project): Promise<Run> {
    const [, ...script] = SCRIPTS[tool]?.split(" ") ?? [];
    return this.runProgram(process.execPath, [...script, ...args], project);
  }

  /** Runs any program with the fake commands on its PATH. */
  async runProgram(program: string, args: readonly string[], cwd: string): Promise<Run> {
    const child = spawn(program, args, { cwd, env: this.environment(), stdio: ["ignore", "pipe", "pipe"] });
    this.running = child;
    return endOf(child);
  }

  /**
   * Runs one of our tools like {@link run}, inside this process.
   *
   * @param tool - its command line
   */
  async runHere(tool: CommandLine, args: readonly string[], project = this.project): Promise<Run> {
    const printed = { stdout: "", stderr: "" };
    const into = (name: keyof typeof printed) => ({
      write: (text: string): void => void (printed[name] += text),
    });
    const streams = { stdout: into("stdout"), stderr: into("stderr") };
    const status = await this.within(() => tool(args, streams), project);
    return { status, ...printed };
  }

  /**
   * Runs a part of a tool inside this process, which has already loaded the modules that take a new process seconds to
   * load.
   *
   * @param project - the working directory during the run
   */
  async within<T>(work: () => Promise<T>, project = this.project): Promise<T> {
    const [folder, { env }] = [process.cwd(), process];
    process.chdir(project);
    process.env = this.environment();
    try {
      return await work();
    } finally {
      process.env = env;
      process.chdir(folder);
    }
  }

  private environment(): NodeJS.ProcessEnv {
    const [api, commands] = [this.api, this.commands].map((server) => (server.address() as AddressInfo).port);
    return {
      ...process.env,
      PATH: `${this.folder}:${process.env["PATH"] ?? ""}`,
      FAKE_CLI_PORT: String(commands),
      AWS_ENDPOINT_URL: `http://127.0.0.1:${api}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      NODE_NO_WARNINGS: "1",
      NODE_OPTIONS: `--require ${join(__dirname, "quick-waits.cjs")}`,
    };
  }

  /** Stops the tool that runs, as Ctrl-C does. */
  interrupt(): void {
    this.running?.kill("SIGINT");
  }

  /** Kills the running tool without a message, as when its machine is lost. */
  kill(): void {
    this.running?.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    this.api.closeAllConnections();
    for (const server of [this.api, this.commands]) server.close();
    for (const folder of [this.folder, this.project]) rmSync(folder, { recursive: true });
  }
}

/** Reads the command line that {@link SCRIPT} sends: the number of arguments, the program, then each argument. */
async function wordsFrom(socket: Socket): Promise<string[]> {
  let sent = "";
  socket.setEncoding("utf8");
  for await (const text of socket.iterator({ destroyOnReturn: false })) {
    sent += text as string;
    const [count, ...words] = sent.split("\0");
    if (count !== undefined && words.length > Number(count) + 1) return words.slice(0, -1);
  }
  return [];
}
