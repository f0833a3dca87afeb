import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How AWS's API behaves, one mood after the other. */
export const MOODS = ["well", "slow", "failing", "stale", "partial", "empty", "silent"] as const;
export type Mood = (typeof MOODS)[number];

/** Duration of a slow answer in milliseconds: sometimes longer than the agent waits. */
const SLOW = 8000;

/** moto behind a proxy that is slow, fails and lies. */
export class LyingAws {
  mood: Mood = "well";
  /** Number of answers in each mood. */
  readonly answers: Partial<Record<Mood, number>> = {};
  private readonly before = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    private readonly moto: string,
  ) {}

  /** @param moto - moto's URL */
  static async start(moto: string): Promise<LyingAws> {
    const server = createServer();
    const aws = new LyingAws(server, moto);
    server.on("request", (request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        const headers = request.headers as Record<string, string>;
        void aws.answer(body, headers).then(
          ({ status, text }) => response.writeHead(status, { "Content-Type": "text/xml" }).end(text),
          () => request.socket.destroy(),
        );
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return aws;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(
    body: string,
    headers: Record<string, string>,
  ): Promise<{ status: number; text: string }> {
    const { mood } = this;
    this.answers[mood] = (this.answers[mood] ?? 0) + 1;
    if (mood === "silent") throw new Error("no answer");
    if (mood === "failing") {
      const error =
        "<Error><Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message></Error>";
      return { status: 503, text: `<Response><Errors>${error}</Errors></Response>` };
    }
    if (mood === "slow") await sleep(Math.random() * SLOW);
    const { host: _, "content-length": __, connection: ___, ...rest } = headers;
    const key = body.replace(/&?(Signature|Timestamp)[^&]*/g, "");
    const earlier = this.before.get(key);
    if (mood === "stale" && earlier !== undefined) return { status: 200, text: earlier };
    const told = await fetch(this.moto, {
      method: "POST",
      headers: rest,
      body,
      signal: AbortSignal.timeout(30_000),
    });
    const text = await told.text();
    if (mood === "well") this.before.set(key, text);
    return { status: told.status, text: text.replace(INSTANCE, (one) => (this.isLeftOut() ? "" : one)) };
  }

  /** Whether an instance is left out of an answer. */
  private isLeftOut(): boolean {
    return this.mood === "empty" || (this.mood === "partial" && Math.random() < 0.5);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** An instance in an answer of Auto Scaling. */
const INSTANCE =
  /<member>(?:(?!<member>|<\/member>)[\s\S])*<InstanceId>(?:(?!<member>|<\/member>)[\s\S])*<\/member>/g;
