import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { listeningAddresses, processesWith } from "../../test/support/processes";
import { fixture, pack, startRehearsal } from "../../test/support/rehearse";
import { type Figure, type Measured, type Measurement, NotMeasured, type Part } from "./part";

export const secrets: Part = {
  name: "secrets",
  claims:
    "No report shows a secret. The servers of a rehearsal only listen on loopback, and the one that sends " +
    "a program its configuration, secrets included, refuses other users' processes.",
  judge:
    "a program that prints its secrets, passes them to resources and has a policy repeat them " +
    "(`test/fixtures/secrets`), and every byte that is written; Linux's own list of sockets; and a process " +
    "of another user that connects to each of them.",
  count: 0,
  counted: "",
  measure,
};

/** The encrypted values of the program's stack file, and the value that the program generates. */
const SECRETS = ["hunter2-the-token", "hunter3-nested", "4711", "made-in-the-program"];

/** A user without files. */
const NOBODY = 65_534;

async function measure({ log }: Measurement): Promise<Measured> {
  if (process.platform !== "linux") throw new NotMeasured("sockets are looked up in Linux's /proc");
  const faults: string[] = [];
  return { figures: [...(await reports(log, faults)), ...(await servers(log, faults))], faults };
}

async function reports(log: (progress: string) => void, faults: string[]): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "figures-secrets-"));
  try {
    const file = (name: string): string => join(folder, name);
    const program = [
      "dev",
      "--program",
      fixture("secrets"),
      "--policy-pack",
      pack("repeats-values"),
      "--mode",
      "up",
    ];
    const written = [
      "--markdown",
      file("a.md"),
      "--sarif",
      file("a.sarif"),
      "--junit",
      file("a.xml"),
      "--report",
      file("report"),
    ];
    const env = { PULUMI_CONFIG_PASSPHRASE: "fixture" };
    log("writing reports");
    const plain = await startRehearsal([...program, "--tree", ...written, "--export", file("state.json")], {
      env,
    }).ended;
    const json = await startRehearsal([...program, "--json"], { env }).ended;
    const texts = new Map([
      ["standard output", plain.stdout],
      ["standard error", plain.stderr],
      ["--json", json.stdout + json.stderr],
    ]);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) texts.set(entry.name, readFileSync(join(entry.parentPath, entry.name), "latin1"));
    let shown = 0;
    for (const [where, text] of texts)
      for (const secret of SECRETS)
        // A picture may contain any four digits by chance.
        if (text.includes(secret) && !(secret === "4711" && where.endsWith(".png"))) {
          shown++;
          faults.push(`${where} shows the secret ${secret}`);
        }
    return [
      {
        what: "secrets in reports, output and exported states",
        value: shown,
        unit: "",
        goal: { atMost: 0 },
        of: texts.size * SECRETS.length,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function servers(log: (progress: string) => void, faults: string[]): Promise<Figure[]> {
  const mark = `figures-${process.pid}`;
  const { child, ended } = startRehearsal(
    ["dev", "--program", fixture("hangs"), "--policy-pack", pack("allows"), "--timeout", "60"],
    { env: { HANG_MARK: mark } },
  );
  try {
    log("a rehearsal's sockets are checked");
    const pids = (): number[] => [child.pid ?? 0, ...processesWith("HANG_MARK", mark)];
    // The program hangs once all servers are running.
    const addresses = await settled(() => [...new Set(pids().flatMap(listeningAddresses))]);
    const own = listeningAddresses(child.pid ?? 0);
    const loopback = /^(0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F):/;
    const open = addresses.filter((address) => !loopback.test(address));
    for (const address of open) faults.push(`a server listens on ${address}, which isn't loopback`);
    const none = { unit: "", goal: { atMost: 0 } };
    const figures: Figure[] = [
      {
        what: "servers that listen on other addresses than loopback",
        value: open.length,
        ...none,
        of: addresses.length,
      },
    ];
    if (process.getuid?.() !== 0) return figures;
    const answering = async (some: readonly string[]): Promise<number> => {
      let answered = 0;
      for (const address of some)
        if (await answersStranger(parseInt(address.split(":")[1] ?? "0", 16))) answered++;
      return answered;
    };
    const others = addresses.filter((address) => !own.includes(address));
    return [
      ...figures,
      {
        what: "servers of the rehearsal that answer a process of another user",
        value: await answering(own),
        ...none,
        of: own.length,
      },
      {
        what: "servers of the SDK in programs and packs that answer that process, as under the CLI",
        value: await answering(others),
        unit: "",
        of: others.length,
      },
    ];
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

/** Waits until a value stays the same for two seconds. */
async function settled<Item>(look: () => Item[]): Promise<Item[]> {
  let last = look();
  for (let quiet = 0, looks = 0; quiet < 8 && looks < 240; looks++) {
    await sleep(250);
    const now = look();
    quiet = now.length > 0 && now.length === last.length ? quiet + 1 : 0;
    last = now;
  }
  return last;
}

/** Speaks HTTP/2 as a gRPC client does; prints `answered` if a server answers a call. */
const STRANGER = `
const session = require("node:http2").connect("http://127.0.0.1:" + process.argv[1]);
const end = (text) => { process.stdout.write(text); process.exit(); };
session.on("error", () => end("refused"));
session.on("close", () => end("refused"));
const call = session.request({ ":method": "POST", ":path": "/pulumirpc.ResourceMonitor/GetDeploymentInfo", "content-type": "application/grpc", te: "trailers" });
call.on("response", () => end("answered"));
call.on("error", () => end("refused"));
call.end(Buffer.alloc(5));
setTimeout(() => end("refused"), 5000);
`;

async function answersStranger(port: number): Promise<boolean> {
  const child = spawn(process.execPath, ["-e", STRANGER, String(port)], {
    uid: NOBODY,
    gid: NOBODY,
    cwd: "/",
    env: {},
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  await once(child, "close");
  return text.includes("answered");
}
