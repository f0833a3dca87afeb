/**
 * Runs an instance's first boot for real, in a temporary folder: bash and Python run the rendered scripts; the commands
 * that would affect the machine (`aws`, `systemctl`, `docker`, `dnf`, `sleep`, `usermod`) only record their calls.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { endOf, type Run } from "./rehearse";

/** The paths of the metadata service that our scripts request. */
export interface Metadata {
  readonly url: string;
  /** The value of `autoscaling/target-lifecycle-state`; undefined for none yet. */
  state: string | undefined;
  /** Requests without a valid token, which version 2 of the service refuses. */
  readonly refused: string[];
}

const FAKE = (log: string, answers: string): string => `#!/bin/bash
call="$(basename "$0") $*"
echo "$call" >> ${log}
answers=${answers}/$(basename "$0")
[[ $call == *--password-stdin* ]] && cat > "$DOCKER_CONFIG/config.json"
[[ -e $answers ]] || exit 0
source "$answers"
`;

/** The interpreter itself: on PATH, its name may belong to a script that changes PATH. */
const python = (): string =>
  spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).stdout.trim();

/** An instance: its folder and the calls that ran there. */
export class Instance {
  readonly root = mkdtempSync(join(tmpdir(), "instance-"));
  private readonly log = join(this.root, "calls.log");
  private readonly children: ChildProcess[] = [];
  private readonly servers: Server[] = [];

  constructor() {
    for (const folder of ["bin", "answers", "tmp", "etc/systemd/system", "python"])
      mkdirSync(join(this.root, folder), { recursive: true });
    writeFileSync(this.log, "");
    for (const command of ["aws", "systemctl", "docker", "dnf", "sleep", "usermod"]) {
      writeFileSync(join(this.root, "bin", command), FAKE(this.log, join(this.root, "answers")));
      chmodSync(join(this.root, "bin", command), 0o755);
    }
    // Python loads this file on its own: it turns seconds into milliseconds, and records them.
    writeFileSync(
      join(this.root, "python", "sitecustomize.py"),
      `import time\n\nsleep = time.sleep\n\n\ndef short(seconds):\n    with open(${JSON.stringify(this.log)}, "a") as log:\n        log.write(f"time.sleep {seconds}\\n")\n    sleep(seconds / 1000)\n\n\ntime.sleep = short\n`,
    );
  }

  /** Sets the bash code that runs when a command is called; `$call` is the whole call, `$*` its arguments. */
  answer(command: string, bash: string): void {
    writeFileSync(join(this.root, "answers", command), bash);
  }

  /** The calls so far; of Python's pauses, only those of at least a given length. */
  calls(leastPause: number = Infinity): string[] {
    const lines = readFileSync(this.log, "utf8").split("\n");
    return lines.filter((line) => {
      const pause = /^time\.sleep (\d+)$/.exec(line)?.[1];
      return (
        line !== "" && !line.startsWith("sleep ") && (pause === undefined || Number(pause) >= leastPause)
      );
    });
  }

  /** The path in the folder that replaces `/`. */
  path(absolute: string): string {
    return join(this.root, absolute);
  }

  exists(absolute: string): boolean {
    return existsSync(this.path(absolute));
  }

  read(absolute: string): string {
    return readFileSync(this.path(absolute), "utf8");
  }

  /** The script with its paths moved into this instance's folder. */
  private moved(script: string): string {
    return script.replace(
      /(?<![\w.])\/(?=opt\/(?:store|aws)|etc\/systemd|run\/store|var\/lib\/cloud)/g,
      `${this.root}/`,
    );
  }

  private get env(): Record<string, string> {
    return {
      PATH: `${join(this.root, "bin")}:${process.env["PATH"] ?? ""}`,
      PYTHONPATH: join(this.root, "python"),
      TMPDIR: join(this.root, "tmp"),
    };
  }

  /** Runs user data as cloud-init does, and waits for its end. */
  boot(userData: string): Run {
    return spawnSync("bash", [], { input: this.moved(userData), env: this.env, encoding: "utf8" });
  }

  /** Runs user data that calls the metadata service, which answers during the run. */
  async bootAsking(userData: string, metadata: Metadata): Promise<Run> {
    const child = spawn("bash", [], {
      env: { ...this.env, AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url },
    });
    child.stdin.end(this.moved(userData));
    return endOf(child);
  }

  /** Runs the command of a unit that the user data wrote, and waits for its end. */
  runUnit(unit: string): Run {
    const command = /^ExecStart=(.*)$/m.exec(this.read(`/etc/systemd/system/${unit}.service`))?.[1] ?? "";
    // Undoes systemd's escapes; bash reads the same quotes.
    return spawnSync("bash", ["-c", command.replaceAll("$$", "\\$").replaceAll("%%", "%")], {
      env: this.env,
      encoding: "utf8",
    });
  }

  /** Runs a Python script that the user data wrote, and waits for its end. */
  run(script: string): Run {
    return spawnSync(python(), [this.path(script)], { env: this.env, encoding: "utf8" });
  }

  /** Starts a Python script that the user data wrote. */
  start(script: string, metadata: Metadata): ChildProcess {
    const child = spawn(python(), [this.path(script)], {
      env: { ...this.env, AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url },
      stdio: ["ignore", "ignore", "inherit"],
    });
    this.children.push(child);
    return child;
  }

  /** Serves on loopback until the instance ends. */
  async serve(answer: Parameters<typeof createServer>[1]): Promise<number> {
    const server = createServer(answer as Parameters<typeof createServer>[0]);
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }

  /** A metadata service of version 2. */
  async metadata(): Promise<Metadata> {
    const metadata = { url: "", state: undefined as string | undefined, refused: [] as string[] };
    const port = await this.serve((request, response) => {
      const { method, url = "", headers } = request;
      const items: Record<string, string | undefined> = {
        "instance-id": "i-0123456789abcdef0",
        "placement/availability-zone": "eu-west-1b",
        "tags/instance/aws:autoscaling:groupName": "web-store-fleet-1234567",
        "autoscaling/target-lifecycle-state": metadata.state,
      };
      if (method === "PUT" && url === "/latest/api/token" && headers["x-aws-ec2-metadata-token-ttl-seconds"])
        return response.end("the-token");
      if (headers["x-aws-ec2-metadata-token"] !== "the-token") {
        metadata.refused.push(`${method} ${url}`);
        return response.writeHead(401).end();
      }
      const item = items[url.replace("/latest/meta-data/", "")];
      return item === undefined ? response.writeHead(404).end() : response.end(item);
    });
    metadata.url = `http://127.0.0.1:${port}`;
    return metadata;
  }

  /** Waits until a condition holds; fails after five seconds. */
  async until(condition: () => boolean, what: string): Promise<void> {
    for (const start = Date.now(); !condition();) {
      assert.ok(
        Date.now() - start < 5000,
        `timed out waiting for ${what}. Calls:\n${this.calls().join("\n")}`,
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Stops the processes that it started and removes its folder. */
  end(): void {
    for (const child of this.children) child.kill("SIGKILL");
    for (const server of this.servers) server.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Creates a gzipped archive of files with the real `tar`. */
export function archive(target: string, files: Readonly<Record<string, string>>): void {
  const folder = mkdtempSync(join(tmpdir(), "archive-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text, { mode: 0o755 });
    }
    const { status, stderr } = spawnSync("tar", ["-czf", target, "-C", folder, "."], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
