import { randomUUID } from "node:crypto";
import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

/** Where the store is. */
export interface Shop {
  readonly port: number;
  readonly host: string;
  /** The authority of the certificate, PEM. */
  readonly ca: string;
}

/** What came back, or why nothing did. */
interface Answer {
  /** 0 if nothing came back. */
  readonly status: number;
  readonly body: string;
}

/** An order that a customer was told of. */
export interface Confirmed {
  readonly key: string;
  readonly id: string;
}

/** Milliseconds that a customer looks at an order before the next. */
const LOOKS = 50;

/** Milliseconds after which a customer gives up on an answer. */
const PATIENCE = 10_000;

/** Attempts that a customer makes, with a pause between. */
const ATTEMPTS = 8;
const PAUSE = 250;

/**
 * A customer who fills the cart and orders, again and again, until told to stop. What fails is sent again, an order with
 * its key: so it is one order, however often it is sent.
 */
export class Shopper {
  readonly confirmed: Confirmed[] = [];
  /** Requests that had to be sent again. */
  repeated = 0;
  /** Orders that were given up. */
  lost = 0;
  private cookie = "";
  private readonly agent: Agent;

  constructor(private readonly shop: Shop) {
    this.agent = new Agent({ keepAlive: true, ca: shop.ca, servername: shop.host });
  }

  /** Orders until a moment, by the clock of `performance`. */
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

  /** Sends it until it is answered well. */
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
