import { once } from "node:events";
import { createServer as createHttp } from "node:http";
import { connect, createServer as createNet, type AddressInfo, type Server, type Socket } from "node:net";

/**
 * A source of pseudo-random numbers that always gives the same sequence:
 * https://en.wikipedia.org/wiki/Linear_congruential_generator
 */
export class Dice {
  private state: bigint;

  constructor(seed: number) {
    this.state = BigInt(seed);
  }

  /** A whole number from 0 up to, but not including, the limit. */
  below(limit: number): number {
    this.state = (this.state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return Number((this.state >> 33n) % BigInt(limit));
  }

  one<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("There is nothing to choose from.");
    return item;
  }
}

/** Unexpected values that could end up in a command or a file. */
const VALUES = [
  "",
  " ",
  "0",
  "-1",
  "1e9",
  "256",
  "10000",
  "٣",
  "²",
  "NaN",
  "null",
  "true",
  "%",
  "100%",
  "🛒",
  "127.0.1.1;disable frontend https",
  "127.0.1.1\nshutdown sessions server store/server-1",
  "127.0.1.1 port 1",
  "::1",
  "fe80::1%eth0",
  "300.1.1.1",
  "127.1",
  "0.0.0.0",
  "/dev/null",
  "unix@/tmp/x",
  "slot.invalid",
  "a".repeat(9000),
  "InService",
  "Terminating:Wait",
  "Healthy",
  "HEALTHY",
  "Unhealthy",
  "balancing-weight",
  "<![CDATA[x]]>",
  "&lt;",
  "\u0001",
];

const escapeXml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Damages a text in up to two places. */
export function damaged(text: string, dice: Dice): Buffer {
  const bytes = Buffer.from(text);
  switch (dice.below(8)) {
    case 0:
      return bytes.subarray(0, dice.below(bytes.length + 1));
    case 1: {
      if (bytes.length > 0) bytes[dice.below(bytes.length)] = dice.below(256);
      return bytes;
    }
    case 2:
      return Buffer.concat([bytes, bytes]);
    case 3:
      return Buffer.from(Array.from({ length: dice.below(300) }, () => dice.below(256)));
    default:
      return bytes;
  }
}

/** An instance in AWS's answer. */
export interface Told {
  readonly id: string;
  readonly address: string;
}

/** The two answers that the proxy's agent requests, in the XML of EC2 and Auto Scaling. */
export function answersOf(instances: readonly Told[], mutate: (value: string) => string) {
  const tag = (name: string, value: string): string => `<${name}>${escapeXml(mutate(value))}</${name}>`;
  const members = instances.map(
    ({ id }) =>
      `<member>${tag("InstanceId", id)}${tag("LifecycleState", "InService")}${tag("HealthStatus", "Healthy")}</member>`,
  );
  const weight = `<member>${tag("Key", "balancing-weight")}${tag("Value", "100")}</member>`;
  const group = `<member>${tag("AutoScalingGroupName", "group")}<Instances>${members.join("")}</Instances><Tags>${weight}</Tags></member>`;
  const items = instances.map(
    ({ id, address }) =>
      `<item>${tag("instanceId", id)}${tag("privateIpAddress", address)}${tag("instanceType", "m7g.large")}<tagSet><item>${tag("key", "balancing-weight")}${tag("value", "50")}</item></tagSet></item>`,
  );
  return {
    DescribeAutoScalingGroups: `<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups>${group}</AutoScalingGroups></DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>`,
    DescribeInstances: `<DescribeInstancesResponse><reservationSet><item><instancesSet>${items.join("")}</instancesSet></item></reservationSet></DescribeInstancesResponse>`,
  };
}

/** A service on loopback. */
export interface Service {
  readonly port: number;
  /** Number of answers that it gave. */
  answers: number;
  /** Whether it answers correctly. */
  isHonest: boolean;
  close(): void;
}

/** AWS's API for the proxy's agent. */
export async function hostileAws(instances: readonly Told[], dice: Dice): Promise<Service> {
  let told = 0;
  const server = createHttp((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      const name = body.includes("DescribeInstances") ? "DescribeInstances" : "DescribeAutoScalingGroups";
      service.answers++;
      if (service.isHonest) return response.end(answersOf(instances, (value) => value)[name]);
      // First uses each value in place of an address, then in place of a weight.
      const scripted = name === "DescribeInstances" ? VALUES[told % VALUES.length] : undefined;
      if (scripted !== undefined && told < 2 * VALUES.length) {
        const place = told < VALUES.length ? instances[0]?.address : "50";
        told++;
        return response.end(answersOf(instances, (value) => (value === place ? scripted : value))[name]);
      }
      if (told < 2 * VALUES.length) return response.end(answersOf(instances, (value) => value)[name]);
      const some = instances.filter(() => dice.below(4) > 0);
      // Usually changes one value or none: more are seldom read, because the agent stops at the first wrong one.
      let left = dice.below(60);
      const text = answersOf(some, (value) => (left-- === 0 ? dice.one(VALUES) : value))[name];
      if (dice.below(40) === 0) return request.socket.destroy();
      response.statusCode = dice.below(15) === 0 ? dice.one([400, 403, 404, 503, 301]) : 200;
      return response.end(damaged(text, dice));
    });
  });
  const service = await served(server);
  return service;
}

/** A TCP service that sends given bytes in answer to any request. */
export async function hostileBytes(answer: (asked: string) => Buffer | undefined): Promise<Service> {
  const sockets = new Set<Socket>();
  const server = createNet((socket) => {
    sockets.add(socket);
    let asked = "";
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      asked += chunk.toString("latin1");
      if (!asked.includes("\r\n\r\n")) return;
      const bytes = answer(asked);
      asked = "";
      service.answers++;
      if (bytes === undefined) socket.destroy();
      else socket.end(bytes);
    });
  });
  const service = await served(server);
  service.close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return service;
}

/** HAProxy's command socket, in front of the real one: it forwards commands, records them, and damages the answers. */
export async function hostileSocket(path: string, to: string, dice: Dice) {
  const commands: string[] = [];
  const state = { commands, isHonest: false, close: (): void => void server.close() };
  const server = createNet({ allowHalfOpen: true }, (client) => {
    let asked = "";
    client.on("error", () => undefined);
    client.on("data", (chunk) => {
      asked += chunk.toString("latin1");
      if (!asked.endsWith("\n")) return;
      commands.push(...asked.trimEnd().split("\n"));
      const haproxy = connect(to);
      let told = "";
      haproxy
        .on("error", () => client.destroy())
        .on("data", (part: Buffer) => (told += part.toString("latin1")));
      haproxy.on("close", () => client.end(state.isHonest || dice.below(3) > 0 ? told : damaged(told, dice)));
      haproxy.end(asked);
    });
  });
  server.listen(path);
  await once(server, "listening");
  return state;
}

async function served(server: Server): Promise<Service> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, answers: 0, isHonest: false, close: () => void server.close() };
}
