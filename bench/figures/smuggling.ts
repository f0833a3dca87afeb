import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type TLSSocket } from "node:tls";

import { Farm } from "../../tools/balance/farm";
import { send } from "../../tools/balance/load";
import { pathOf } from "../../test/support/programs";
import { type Measured, NotMeasured, type Part } from "./part";
import { http2Bytes, http2Shapes, readHttp2 } from "./smuggling/http2";
import { SHAPES } from "./smuggling/shapes";
import { Wire, wrongWith } from "./smuggling/wire";

/** Number of parallel connections. */
const AT_A_TIME = 24;
/** Milliseconds to wait for an answer, and for another one after it. */
const PATIENCE = 2500;
const QUIET = 250;

/** A request and its outcome. */
interface Case {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly bytes: Buffer;
  readonly protocol: "http/1.1" | "h2";
  /** Whether the store may see the hidden request as a separate request. */
  readonly mayPipeline: boolean;
  /** The number of answers to the client, without those of status 100 to 199. */
  answers: number;
}

const outerOf = (id: string): string => `/outer/${id}`;
const hiddenOf = (id: string): string => `/hidden/${id}`;

function casesFor(host: string): Case[] {
  const http1 = SHAPES.map((make, index): Case => {
    const id = `a${index}`;
    const shape = make({ host, outer: outerOf(id), hidden: hiddenOf(id) });
    return { ...shape, id, bytes: Buffer.from(shape.bytes, "latin1"), protocol: "http/1.1", answers: 0 };
  });
  const http2 = http2Shapes("", "", "").map((_, index): Case => {
    const id = `b${index}`;
    const shape = http2Shapes(host, outerOf(id), hiddenOf(id))[index];
    if (shape === undefined) throw new Error("The shapes differ by their paths.");
    const bytes = http2Bytes(shape);
    return {
      id,
      name: `HTTP/2: ${shape.name}`,
      kind: "HTTP/2",
      bytes,
      protocol: "h2",
      mayPipeline: false,
      answers: 0,
    };
  });
  return [...http1, ...http2];
}

/** Sends a case over its own connection, and counts the answers. */
async function tryOut(one: Case, farm: Farm): Promise<void> {
  const socket: TLSSocket = connect({
    host: "127.0.0.1",
    port: farm.port,
    ca: farm.ca,
    servername: farm.host,
    ALPNProtocols: [one.protocol],
  });
  let [received, last] = [Buffer.alloc(0), performance.now()];
  let isClosed = false;
  socket.on("error", () => undefined).on("close", () => (isClosed = true));
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    last = performance.now();
  });
  await Promise.race([once(socket, "secureConnect"), once(socket, "close")]);
  socket.write(one.bytes);
  const isAnswered = (): boolean => {
    if (one.protocol === "h2") {
      const { answers, isOver } = readHttp2(received);
      one.answers = answers;
      return isOver;
    }
    one.answers = [...received.toString("latin1").matchAll(/HTTP\/1\.1 [2-5]\d\d /g)].length;
    return one.answers > 0;
  };
  for (const start = performance.now(); performance.now() - start < PATIENCE && !isClosed; await sleep(20))
    if (isAnswered() && performance.now() - last > QUIET) break;
  isAnswered();
  socket.destroy();
}

/** Sends all cases through HAProxy to a store. */
async function measure({ log, signal }: Parameters<Part["measure"]>[0]): Promise<Measured> {
  if (pathOf("haproxy") === undefined) throw new NotMeasured("HAProxy isn't installed");
  const farm = await Farm.start({
    stack: "dev",
    backends: 1,
    changes: { requestHeadSeconds: 1, responseSeconds: 1, idleSeconds: 2, queueSeconds: 5 },
  });
  const [backend] = farm.backends;
  const output = backend?.process.stdout ?? undefined;
  if (backend === undefined || output === undefined) throw new Error("There is no store.");
  const seen = new Map<string, Set<string>>();
  createInterface({ input: output }).on("line", (line) => {
    const { event, path = "" } = JSON.parse(line) as { readonly event: string; readonly path?: string };
    const [, which = "", id = ""] = /\/(outer|hidden)\/(\w+)/.exec(path) ?? [];
    if (event === "request" && id !== "") seen.set(id, (seen.get(id) ?? new Set()).add(which));
  });
  const wire = await Wire.start(backend.port);
  try {
    await farm.haproxy.fill(farm.slot(backend), "127.0.0.1", wire.port);
    await farm.untilUp(1);
    const cases = casesFor(farm.host);
    const left = [...cases];
    const shop = { port: farm.port, host: farm.host, ca: farm.ca };
    const victims = new Victims(shop);
    const worker = async (): Promise<void> => {
      for (let one = left.pop(); one !== undefined && !signal.aborted; one = left.pop()) {
        await tryOut(one, farm);
        log(`${cases.length - left.length} of ${cases.length} sent`);
      }
    };
    const watching = victims.askUntil(() => left.length === 0 || signal.aborted);
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    await watching;
    await sleep(500);
    return judge(
      cases.filter((one) => !left.includes(one)),
      seen,
      wire.connections,
      victims,
    );
  } finally {
    wire.stop();
    await farm.stop();
  }
}

/** Other visitors at the same time: each must get the page that it requested. */
class Victims {
  asked = 0;
  wrong = 0;

  constructor(private readonly shop: Pick<Parameters<typeof send>[0], "port" | "host" | "ca">) {}

  async askUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      for (const path of ["/", "/products/mug"]) {
        const samples = await send({ ...this.shop, path, requests: 4, concurrency: 2 });
        this.asked += samples.length;
        this.wrong += samples.filter(({ failure }) => failure !== undefined).length;
      }
      await sleep(50);
    }
  }
}

function judge(
  cases: readonly Case[],
  seen: ReadonlyMap<string, ReadonlySet<string>>,
  connections: readonly string[],
  victims: Victims,
): Measured {
  const seenOf = ({ id }: Case): ReadonlySet<string> => seen.get(id) ?? new Set();
  const smuggled = cases.filter((one) => !one.mayPipeline && seenOf(one).has("hidden"));
  const unanswered = cases.filter((one) => seenOf(one).size > one.answers);
  const wrong = connections.flatMap((sent) => wrongWith(sent) ?? []);
  const passed = cases.filter((one) => seenOf(one).size > 0);
  const of = cases.length;
  const none = { unit: "", goal: { atMost: 0 } } as const;
  return {
    figures: [
      { what: "kinds of malformed requests", value: of, unit: "" },
      {
        what: "of these passed on to the store, as they are unambiguous",
        value: passed.length,
        unit: "",
        of,
      },
      {
        what: "hidden requests that the store saw as separate requests",
        value: smuggled.length,
        of,
        ...none,
      },
      { what: "requests that the store saw and that got no answer", value: unanswered.length, of, ...none },
      {
        what: "connections to the store with bytes that a strict reader refuses",
        value: wrong.length,
        of: connections.length,
        ...none,
      },
      {
        what: "other visitors who received no page, or another visitor's page",
        value: victims.wrong,
        of: victims.asked,
        ...none,
      },
    ],
    faults: [
      ...smuggled.map(({ name }) => `smuggled: ${name}`),
      ...unanswered.map(
        (one) =>
          `${one.name}: the store saw ${[...seenOf(one)].join(" and ")}, the client got ${one.answers} answers`,
      ),
      ...[...new Set(wrong)].map((what) => `HAProxy passes on ${what}`),
    ],
  };
}

/** Request smuggling. */
export const smuggling: Part = {
  name: "smuggling",
  claims:
    "Each request that comes in is one request at the store, or is refused; nobody receives the answer to " +
    "another request.",
  judge:
    "a parser that follows RFC 9112 between HAProxy and the store, the store's log, and the answers that " +
    "each client counts. The kinds of requests are those of the public collections defparam/smuggler, " +
    "PortSwigger/http-request-smuggler, aws/http-desync-guardian and narfindustries/http-garden",
  count: 0,
  counted: "",
  measure,
};
