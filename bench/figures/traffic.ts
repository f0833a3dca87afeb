import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import Database from "libsql";

import { Farm } from "../../tools/balance/farm";
import { Shopper } from "../../tools/balance/shopper";
import { Moto } from "../../test/support/moto";
import { pathOf } from "../../test/support/programs";
import { ROOT } from "../../test/support/rehearse";
import { type Figure, type Measured, type Measurement, NotMeasured, type Part } from "./part";
import { Instance, PORTS } from "./traffic/instance";
import { LyingAws, MOODS } from "./traffic/lying-aws";
import { Memory } from "./traffic/memory";
import { Visitors } from "./traffic/visitors";

/** Requests per second that only read or may be repeated, in addition to a customer's orders. */
const PER_SECOND = 30;
/** Number of instances that are always running; one is added, and one leaves, every minute. */
const INSTANCES = 3;
/** Seconds for which AWS's API stays in one mood. */
const MOOD_SECONDS = 20;
/** Seconds after which Auto Scaling notices that an instance is dead. */
const UNNOTICED_SECONDS = 10;

const TAGS = { Name: "web-store-backend-ec2-instance", Stack: "traffic" };

/** Instances that come and go, as AWS reports them. */
class Fleet {
  private readonly instances: Instance[] = [];
  /** Instances that haven't ended yet. */
  private readonly alive = new Set<Instance>();
  private made = 0;
  /** Number of instances that left: terminated by Auto Scaling, and died without notice. */
  readonly gone = { leaving: 0, dead: 0 };

  constructor(
    private readonly moto: Moto,
    private readonly ordersFile: string,
  ) {}

  /** The instance that stays. */
  get first(): Instance {
    const [first] = this.instances;
    if (first === undefined) throw new Error("There is no instance.");
    return first;
  }

  async add(): Promise<void> {
    const address = `127.0.1.${++this.made}`;
    const instance = await Instance.start(address, this.ordersFile);
    this.instances.push(instance);
    this.alive.add(instance);
    await this.tell({ groups: [{ name: `group-${this.made}`, tags: TAGS, instances: [{ address }] }] });
  }

  /** Removes the oldest instance except for the first; every second one dies. */
  async remove(): Promise<void> {
    const [oldest] = this.instances.splice(1, 1);
    if (oldest === undefined) return;
    const detached = { groups: [], detach: [oldest.address] };
    if (this.gone.leaving <= this.gone.dead) {
      this.gone.leaving++;
      await this.tell(detached);
      await oldest.leave();
    } else {
      this.gone.dead++;
      await oldest.die();
      await sleep(UNNOTICED_SECONDS * 1000);
      await this.tell(detached);
    }
    this.alive.delete(oldest);
  }

  private tell(wanted: object): Promise<unknown> {
    return this.moto.setUp("test/components/proxy/store-instances.py", wanted);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.alive].map((instance) => instance.die()));
  }
}

function startAgent(farm: Farm, awsUrl: string): ChildProcess {
  return spawn(join(ROOT, ".venv", "bin", "python"), [join(ROOT, "components", "proxy", "proxy_agent.py")], {
    env: {
      PATH: process.env["PATH"] ?? "",
      ADMIN_SOCKET: join(farm.folder, "admin.sock"),
      KNOWN_FILE: join(farm.folder, "known.json"),
      STATE_FILE: join(farm.folder, "servers"),
      GROUP_TAGS: JSON.stringify({ Name: [TAGS.Name], Stack: [TAGS.Stack] }),
      SERVER_PORT: String(PORTS.store),
      AGENTS: "yes",
      POLL_SECONDS: "2",
      DRAIN_SECONDS: "10",
      AWS_ENDPOINT_URL: awsUrl,
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      PYTHONDONTWRITEBYTECODE: "1",
    },
    stdio: "ignore",
  });
}

/** Repeats an action until the end or its failure. */
async function every(seconds: number, isOver: () => boolean, act: () => Promise<void> | void): Promise<void> {
  while (!isOver()) {
    const next = performance.now() + seconds * 1000;
    await act();
    while (!isOver() && performance.now() < next) await sleep(200);
  }
}

async function measure(run: Measurement): Promise<Measured> {
  for (const program of ["haproxy", "openssl", "python3", "moto_server"] as const)
    if (pathOf(program) === undefined) throw new NotMeasured(`${program} isn't installed`);
  const farm = await Farm.start({
    stack: "dev",
    backends: 1,
    changes: { server: { port: PORTS.store, protocol: "http", version: "http1" }, agentPort: PORTS.agent },
  });
  const moto = await Moto.start();
  const aws = await LyingAws.start(moto.url);
  const fleet = new Fleet(moto, farm.ordersFile);
  let agent: ChildProcess | undefined;
  try {
    for (let index = 0; index < INSTANCES; index++) await fleet.add();
    agent = startAgent(farm, aws.url);
    await farm.untilUp(INSTANCES);
    return await serve(run, farm, fleet, aws, agent);
  } finally {
    agent?.kill("SIGKILL");
    aws.stop();
    await Promise.all([fleet.stop(), moto.stop()]);
    await farm.stop();
  }
}

async function serve(
  { count, log, signal }: Measurement,
  farm: Farm,
  fleet: Fleet,
  aws: LyingAws,
  agent: ChildProcess,
): Promise<Measured> {
  const shop = { port: farm.port, host: farm.host, ca: farm.ca };
  const [visitors, shopper] = [new Visitors(shop), new Shopper(shop)];
  const end = performance.now() + count * 60_000;
  const isOver = (): boolean => signal.aborted || performance.now() > end;
  const memories = {
    HAProxy: new Memory(farm.haproxy.process.pid ?? 0),
    "a store": new Memory(fleet.first.pids.store),
    "the proxy's agent": new Memory(agent.pid ?? 0),
    "an instance's agent": new Memory(fleet.first.pids.agent),
  };
  let moods = 0;
  const all = Promise.all([
    visitors.come(PER_SECOND, isOver),
    // Checks every few seconds whether the run is over.
    every(0, isOver, () => shopper.orderUntil(Math.min(end, performance.now() + 3000))),
    every(MOOD_SECONDS, isOver, () => void (aws.mood = MOODS[moods++ % MOODS.length] ?? "well")),
    every(60, isOver, () => fleet.add()),
    sleep(30_000).then(() => every(60, isOver, () => fleet.remove())),
    every(5, isOver, () => {
      for (const memory of Object.values(memories)) memory.look();
      const left = Math.max(0, Math.round((end - performance.now()) / 1000));
      log(
        `${visitors.requests} requests, ${visitors.failures.length} failed, AWS is ${aws.mood}, ${left} s left`,
      );
    }),
  ]);
  // An interrupted run doesn't wait for leaving instances.
  const stopped = once(signal, "abort").then(() => sleep(4000));
  await Promise.race([all, stopped]);
  const kept = ordersIn(farm.ordersFile);
  const confirmed = new Set(shopper.confirmed.map(({ id }) => id));
  const lost = [...confirmed].filter((id) => !kept.has(id)).length;
  const doubled = [...kept].filter((id) => !confirmed.has(id)).length;
  const ended = agent.exitCode !== null || agent.signalCode !== null;
  const none = { unit: "", goal: { atMost: 0 } } as const;
  const figures: Figure[] = [
    { what: "requests that only read or may be repeated", value: visitors.requests, unit: "" },
    {
      what: "of these without an answer from the store",
      value: visitors.failures.length,
      of: visitors.requests,
      ...none,
    },
    { what: "orders that were confirmed to customers", value: confirmed.size, unit: "" },
    { what: "of these lost", value: lost + shopper.lost, of: confirmed.size, ...none },
    { what: "orders stored twice, or never confirmed", value: doubled, of: kept.size, ...none },
    {
      what: "requests that a customer had to send again, as a proxy must not repeat changes to a cart",
      value: shopper.repeated,
      unit: "",
    },
    { what: "instances that Auto Scaling terminated", value: fleet.gone.leaving, unit: "" },
    { what: "instances that died without notice", value: fleet.gone.dead, unit: "" },
    ...MOODS.map((mood) => ({
      what: `calls of AWS's API while it was ${mood}`,
      value: aws.answers[mood] ?? 0,
      unit: "",
    })),
    ...Object.entries(memories).flatMap(([who, memory]): Figure[] => [
      { what: `memory of ${who} at the end`, value: memory.now, unit: "MiB" },
      {
        what: `growth of ${who} over the second half`,
        value: memory.slope,
        unit: "MiB a minute",
        goal: { atMost: 0.5 },
      },
    ]),
  ];
  return {
    figures,
    faults: [...visitors.failures.slice(0, 20), ...(ended ? ["the proxy's agent ended"] : [])],
  };
}

/** Ids of the orders in the database. */
function ordersIn(file: string): Set<string> {
  const database = new Database(file, { readonly: true });
  const keys = database.prepare("SELECT key FROM items WHERE key LIKE 'order#%'").all() as { key: string }[];
  database.close();
  return new Set(keys.map(({ key }) => key.replace("order#", "")));
}

/** Customers during changes of instances and wrong answers from AWS's API. */
export const traffic: Part = {
  name: "traffic",
  claims:
    "While instances come and go every minute, and AWS's API is slow, fails, doesn't answer, or returns " +
    "stale, partial or empty results, every request that may be repeated is answered, no order is lost or " +
    "stored twice, and memory stays flat.",
  judge:
    "customers who count, and the database. HAProxy, its configuration, both agents and the store are " +
    "real; moto plays AWS, and the instances are processes on loopback addresses",
  count: 60,
  counted: "minutes",
  measure,
};
