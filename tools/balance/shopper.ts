import { randomUUID } from "node:crypto";
import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

/** The location of the store. */
export interface Shop {
  readonly port: number;
  readonly host: string;
  /** The certificate authority, PEM. */
  readonly ca: string;
}

/** The answer, or why there was none. */
interface Answer {
  /** 0 without an answer. */
  readonly status: number;
  readonly body: string;
}

/** An order that was confirmed to a customer. */
export interface Confirmed {
  readonly key: string;
  readonly id: string;
}

/** Milliseconds between a customer's orders. */
const LOOKS = 50;

/** Milliseconds until a customer's request times out. */
const PATIENCE = 10_000;

/** The most attempts of a request, with pauses between them. */
const ATTEMPTS = 8;
const PAUSE = 250;

/**
 * A customer who fills the cart and orders repeatedly, until told to stop. Failed requests are sent again, an order
 * with its idempotency key, so that it stays a single order however often it is sent.
 */
export class Shopper {
  readonly confirmed: Confirmed[] = [];
  /** Requests that had to be sent again. */
  repeated = 0;
  /** Orders that failed for good. */
  lost = 0;
  private cookie = "";
  private readonly agent: Agent;

  constructor(private readonly shop: Shop) {
    this.agent = new Agent({ keepAlive: true, ca: shop.ca, servername: shop.host });
  }

  /** Places orders until a time, by the clock of `performance`. */
  async orderUntil(end: number): Promise<void> {
    while (performance.now() < end) {
      const key = randomUUID();
      const filled = await this.insist("/cart/mug", { quantity: "1" }, {});
      const placed =
        filled &&
        (await this.insist(
          "/checkout",
          { name: "Ada", address: "1 Main Street" },
          { "idempotency-key": key },
        ));
      if (!placed) this.lost++;
      else this.confirmed.push({ key, id: (JSON.parse(placed.body) as { id: string }).id });
      await sleep(LOOKS);
    }
    this.agent.destroy();
  }

  /** Repeats a request until it gets a good answer. */
  private async insist(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string>,
  ): Promise<Answer | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const answer = await this.post(path, fields, headers);
      if (answer.status >= 200 && answer.status < 300) return answer;
      this.repeated++;
      await sleep(PAUSE);
    }
    return undefined;
  }

  private post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const { port, host } = this.shop;
    const body = new URLSearchParams(fields).toString();
    return new Promise((resolve) => {
      const nothing = (): void => resolve({ status: 0, body: "" });
      const asked = request(
        {
          host: "127.0.0.1",
          port,
          path,
          method: "POST",
          agent: this.agent,
          timeout: PATIENCE,
          headers: {
            Host: host,
            Origin: `https://${host}`,
            Cookie: this.cookie,
            Accept: "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": Buffer.byteLength(body),
            ...headers,
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk) => (text += String(chunk)));
          response.on("error", nothing).on("end", () => {
            const [cookie] = response.headers["set-cookie"] ?? [];
            if (cookie !== undefined) this.cookie = cookie.split(";")[0] ?? "";
            resolve({ status: response.statusCode ?? 0, body: text });
          });
        },
      );
      asked.on("timeout", () => asked.destroy(new Error("timeout"))).on("error", nothing);
      asked.end(body);
    });
  }
}
