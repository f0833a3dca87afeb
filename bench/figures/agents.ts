import type { ChildProcess } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { freePort } from "../../test/support/balancers";
import { pathOf } from "../../test/support/programs";
import { damaged, Dice, hostileAws, hostileBytes, hostileSocket } from "./agents/hostile";
import { Setting } from "./agents/setting";
import { type Measured, type Measurement, NotMeasured, type Part } from "./part";

/** The existing instances. */
const INSTANCES = Array.from({ length: 6 }, (_, index) => ({
  id: `i-${index}`,
  address: `127.0.1.${index + 1}`,
}));

/** The commands that the proxy's agent may send to HAProxy, which knows its servers' names itself. */
const COMMAND =
  /^(show servers state store|show stat store 4 -1|set server store\/[^\s;]+ (addr \d+\.\d+\.\d+\.\d+ port \d+|weight \d{1,3}%|agent-send weight=\d{1,3}|state (ready|drain|maint)))$/;

/** The responses that an instance's agent may send to HAProxy. */
const ANSWER = /^(drain|(ready )?\d{1,3}%)\n$/;

const seed = 7;

/** Seconds within which everything must be correct again once the answers are. */
const RECOVERY_SECONDS = 30;

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

/** Waits until a condition holds; false if it doesn't hold in time. */
async function within(seconds: number, holds: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const start = performance.now(); performance.now() - start < seconds * 1000; await sleep(100))
    if (await holds()) return true;
  return false;
}

/** Runs the proxy's agent between an AWS and a HAProxy that answer anything. */
async function proxyAgent({ count, log, signal }: Measurement): Promise<Measured> {
  const [setting, dice, faults] = [new Setting(), new Dice(seed), [] as string[]];
  await setting.start();
  const aws = await hostileAws(INSTANCES, dice);
  const socket = await hostileSocket(setting.agentSocket, setting.adminSocket, dice);
  try {
    const agent = setting.startProxyAgent(aws.port);
    let [saved, judged, refused, next] = [0, 0, 0, 0];
    while (aws.answers < count && !hasEnded(agent) && !signal.aborted) {
      await sleep(100);
      log(`the proxy's agent: ${aws.answers} answers of AWS, ${socket.commands.length} commands`);
      if (aws.answers < next) continue;
      next += 50;
      const state = await setting.saveState();
      judged++;
      if (state.isSaved) saved++;
      if (!state.isAccepted) {
        refused++;
        faults.push(`haproxy -c refuses the state that the agent saved: ${state.said}`);
      }
    }
    const wrong = [...new Set(socket.commands.filter((command) => !COMMAND.test(command)))];
    faults.push(
      ...wrong
        .slice(0, 10)
        .map((command) => `the proxy's agent sent HAProxy ${JSON.stringify(command.slice(0, 100))}`),
    );
    aws.isHonest = socket.isHonest = true;
    const wanted = INSTANCES.map(({ address }) => address).join();
    const isBack = await within(RECOVERY_SECONDS, async () => (await setting.up()).join() === wanted);
    if (hasEnded(agent)) faults.push(`the proxy's agent ended: ${setting.said.slice(-500)}`);
    else if (!isBack) faults.push(`HAProxy has ${(await setting.up()).join()}, and should have ${wanted}`);
    const none = { unit: "", goal: { atMost: 0 } } as const;
    return {
      figures: [
        { what: "answers from AWS to the proxy's agent, most of them wrong", value: aws.answers, unit: "" },
        {
          what: "commands to HAProxy that the agent doesn't use",
          value: wrong.length,
          of: socket.commands.length,
          ...none,
        },
        { what: "saved states that haproxy -c refuses", value: refused, of: judged, ...none },
        { what: "states that the agent refused to save", value: judged - saved, unit: "", of: judged },
        {
          what: "times that the proxy's agent exited, or no longer worked afterwards",
          value: isBack ? 0 : 1,
          ...none,
        },
      ],
      faults,
    };
  } finally {
    aws.close();
    socket.close();
    await setting.stop();
  }
}

/** Connects to an instance's agent as HAProxy does, and returns its response. */
function ask(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const client = connect(port, "127.0.0.1", () => client.write(bytes));
    client.setTimeout(3000, () => client.destroy());
    client.on("data", (chunk) => (answer += chunk.toString("latin1")));
    client.on("error", () => undefined).on("close", () => resolve(answer));
  });
}

/** Runs an instance's agent between a metadata service and a HAProxy that send anything. */
async function backendAgent({ count, log, signal }: Measurement): Promise<Measured> {
  const [setting, dice, faults] = [new Setting(), new Dice(seed), [] as string[]];
  const head = (status: string, body: string): string =>
    `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
  const states = [
    "InService",
    "Terminated",
    "Warmed:Stopped",
    "Standby",
    "",
    "\r\n",
    "ÿ",
    "Terminated\0",
    "x".repeat(3000),
  ];
  const metadata = await hostileBytes((asked) => {
    if (metadata.isHonest) {
      const isToken = asked.startsWith("PUT ");
      if (!isToken && !asked.includes("target-lifecycle-state"))
        return Buffer.from(head("404 Not Found", ""));
      return Buffer.from(head("200 OK", isToken ? "token" : "Terminated"));
    }
    if (dice.below(10) === 0) return undefined;
    const status = dice.one([
      "200 OK",
      "200 OK",
      "200 OK",
      "404 Not Found",
      "401 No",
      "500 Oh",
      "301 Moved\r\nLocation: x:",
      "999 ?",
    ]);
    return damaged(head(status, dice.one([...states, "token", "to\r\nken"])), dice);
  });
  await setting.start();
  // Chosen last, because another socket could take it.
  const port = await freePort();
  try {
    const agent = setting.startBackendAgent(metadata.port, port);
    await within(10, async () => (await ask(port, Buffer.from(""))) !== "");
    let [asked, wrong] = [0, 0];
    while (metadata.answers < count && !hasEnded(agent) && !signal.aborted) {
      const answer = await ask(
        port,
        damaged(
          dice.one(["weight=40\n", "weight=999\n", "weight=-1\n", "weight=٣\n", "GET / HTTP/1.1\r\n\r\n"]),
          dice,
        ),
      );
      asked++;
      if (!ANSWER.test(answer)) {
        wrong++;
        faults.push(`an instance's agent answers ${JSON.stringify(answer)}`);
      }
      log(`an instance's agent: ${metadata.answers} answers of the metadata service, asked ${asked} times`);
      // An agent that makes no more requests gets no more answers.
      if (asked > 10 * count) break;
    }
    metadata.isHonest = true;
    const isBack = await within(
      RECOVERY_SECONDS,
      async () => (await ask(port, Buffer.from("weight=40\n"))) === "drain\n",
    );
    if (!isBack) faults.push(`an instance's agent no longer drains: ${setting.said.slice(-500)}`);
    const none = { unit: "", goal: { atMost: 0 } } as const;
    return {
      figures: [
        {
          what: "answers from the metadata service to an instance's agent, most of them wrong",
          value: metadata.answers,
          unit: "",
        },
        {
          what: "answers of an instance's agent that HAProxy doesn't know",
          value: wrong,
          of: asked,
          ...none,
        },
        {
          what: "times that an instance's agent exited, or no longer worked afterwards",
          value: isBack ? 0 : 1,
          ...none,
        },
      ],
      faults: [...new Set(faults)],
    };
  } finally {
    metadata.close();
    await setting.stop();
  }
}

async function measure(run: Measurement): Promise<Measured> {
  for (const program of ["haproxy", "openssl", "python3", "moto_server"] as const)
    if (pathOf(program) === undefined) throw new NotMeasured(`${program} isn't installed`);
  const proxy = await proxyAgent(run);
  const backend = await backendAgent(run);
  return { figures: [...proxy.figures, ...backend.figures], faults: [...proxy.faults, ...backend.faults] };
}

/** The agents of proxies and instances, with arbitrary answers. */
export const agents: Part = {
  name: "agents",
  claims:
    "Whatever AWS, the metadata service and HAProxy answer, the agents keep running, send HAProxy only " +
    "commands that it knows, and are right again as soon as the answers are.",
  judge:
    "a real HAProxy, `haproxy -c`, and the list of existing commands; the answers are real ones, damaged " +
    "at random",
  count: 1000,
  counted: "answers to each agent",
  measure,
};
