import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

import type { Shop } from "../../../tools/balance/shopper";

/** The requests of visitors: those that only read, and those that may be repeated. */
const ASKED = [
  ["GET", "/"],
  ["GET", "/products/mug"],
  ["GET", "/style.css"],
  ["HEAD", "/"],
  ["PUT", "/nothing-is-put-here"],
] as const;

/** Milliseconds after which a visitor gives up. */
const PATIENCE = 30_000;

/** Visitors whose requests may all be repeated, so that the store must answer each of them. */
export class Visitors {
  requests = 0;
  /** Requests without an answer from the store: the reason and the time. */
  readonly failures: string[] = [];
  private readonly started = performance.now();

  constructor(private readonly shop: Shop) {}

  /** @param perSecond - number of requests started per second, whether or not earlier ones have ended */
  async come(perSecond: number, isOver: () => boolean): Promise<void> {
    const { ca, host } = this.shop;
    const agent = new Agent({ keepAlive: true, maxSockets: 64, ca, servername: host });
    const waiting = new Set<Promise<void>>();
    for (let next = performance.now(); !isOver(); next += 1000 / perSecond) {
      await sleep(Math.max(0, next - performance.now()));
      const one = this.ask(agent, this.requests++).finally(() => waiting.delete(one));
      waiting.add(one);
    }
    await Promise.all(waiting);
    agent.destroy();
  }

  private ask(agent: Agent, number: number): Promise<void> {
    const [method, path] = ASKED[number % ASKED.length] ?? ASKED[0];
    const { host, port } = this.shop;
    return new Promise((resolve) => {
      const failed = (why: string): void => {
        const seconds = Math.round((performance.now() - this.started) / 1000);
        this.failures.push(`${seconds} s: ${method} ${path}: ${why}`);
        resolve();
      };
      const body = method === "PUT" ? "x".repeat(1000) : "";
      const headers = { Host: host, ...(method === "PUT" ? { "Content-Length": body.length } : {}) };
      const asked = request({ host: "127.0.0.1", port, path, method, agent, headers, timeout: PATIENCE });
      asked.on("response", (response) => {
        const { statusCode = 0 } = response;
        const isServed = response.headers["x-served-by"] !== undefined && statusCode < 500;
        response.on("error", (error) => failed(error.message));
        response.on("end", () => (isServed ? resolve() : failed(`status ${statusCode}`))).resume();
      });
      asked.on("timeout", () => asked.destroy(new Error("no answer")));
      asked.on("error", (error) => failed(error.message));
      asked.end(body);
    });
  }
}
