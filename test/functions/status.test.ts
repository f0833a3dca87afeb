import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { bundleFunction } from "../../components/store/bundle";
import { describeWithMoto, Moto } from "../support/moto";
import { ROOT } from "../support/rehearse";

/** The `Accept` header of browsers. */
const BROWSERS = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

interface Answer {
  readonly statusCode: number;
  readonly statusDescription: string;
  readonly isBase64Encoded: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface World {
  readonly loadBalancer: string;
  readonly targetGroupArn: string;
}

/** An event such as an Application Load Balancer sends for `GET /status`. */
function event(headers: Record<string, string> = {}, httpMethod = "GET"): object {
  return {
    requestContext: {
      elb: {
        targetGroupArn:
          "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web-store-status/6d0ecf831eec9f09",
      },
    },
    httpMethod,
    path: "/status",
    queryStringParameters: {},
    headers: {
      accept: "*/*",
      host: "store.example.com",
      "user-agent": "curl/8.5.0",
      "x-amzn-trace-id": "Root=1-67e2d2a5-2b6f0e9a1f0c3d4e5f607182",
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
      ...headers,
    },
    body: "",
    isBase64Encoded: false,
  };
}

describe("The status function's bundle", () => {
  it("is the same each time, and contains no local path", () => {
    const bundle = bundleFunction("functions/status/handler.ts");
    assert.equal(bundleFunction("functions/status/handler.ts"), bundle);
    assert.ok(!bundle.includes(ROOT));
    assert.match(bundle, /from "@aws-sdk\/client-cloudwatch"/);
    assert.ok(bundle.length < 50_000, `${bundle.length} bytes`);
  });
});

describeWithMoto("The status function", () => {
  let moto: Moto;
  let dir: string;
  before(async () => {
    moto = await Moto.start();
    // Below node_modules, where the bundle finds the AWS SDK, which Lambda's runtime includes.
    dir = mkdtempSync(join(ROOT, "node_modules", ".status-"));
    writeFileSync(join(dir, "index.mjs"), bundleFunction("functions/status/handler.ts"));
  });
  after(async () => {
    rmSync(dir, { recursive: true, force: true });
    await moto.stop();
  });

  const LAMBDA = `
    const { handler } = await import("./index.mjs");
    const answers = [];
    for (const event of JSON.parse(process.argv[1])) answers.push(await handler(event));
    process.stdout.write(JSON.stringify(answers));`;

  /** Lets a new process, started as Lambda does, answer events one after the other. */
  async function invoke(world: World, events: readonly object[], endpoint = moto.url): Promise<Answer[]> {
    const { loadBalancer, targetGroupArn } = world;
    const store = {
      title: "Shop <1> & sons",
      loadBalancer,
      targetGroups: [{ label: "blue", arn: targetGroupArn }],
    };
    const output = await new Promise<string>((resolve, reject) => {
      execFile(
        process.execPath,
        ["--input-type=module", "-e", LAMBDA, JSON.stringify(events)],
        {
          cwd: dir,
          env: {
            PATH: process.env["PATH"],
            STORE: JSON.stringify(store),
            AWS_REGION: "eu-west-1",
            AWS_ACCESS_KEY_ID: "test",
            AWS_SECRET_ACCESS_KEY: "test",
            AWS_ENDPOINT_URL: endpoint,
          },
        },
        (error, stdout) => (error === null ? resolve(stdout) : reject(new Error(error.message))),
      );
    });
    return JSON.parse(output) as Answer[];
  }

  const worlds = new Map<string, Promise<World>>();
  /** A world with these figures. */
  function world(wanted: object): Promise<World> {
    const figures = { healthy: 3, stopped: 0, metrics: false, ...wanted };
    const name = `store-${Object.values(figures).join("-")}`;
    const known = worlds.get(name) ?? moto.setUp<World>("test/functions/world.py", { name, ...figures });
    worlds.set(name, known);
    return known;
  }
  /** The answers to all kinds of requests for a store without metrics, and the number of requests to AWS. */
  let idle: Record<"json" | "page" | "head" | "post", Answer | undefined> & { readonly calls: number };
  /** The answers about a store with metrics. */
  let busy: Record<"json" | "page", Answer | undefined>;
  before(async () => {
    const counting = await relay(moto.url, (body) => body);
    const kinds = [event(), event({ accept: "text/html" }), event({}, "HEAD"), event({}, "POST")];
    const [json, page, head, post] = await invoke(await world({}), kinds, counting.url);
    idle = { json, page, head, post, calls: counting.calls() };
    counting.close();
    const [report, html] = await invoke(await world({ metrics: true }), [
      event(),
      event({ accept: BROWSERS }),
    ]);
    busy = { json: report, page: html };
  });

  const reportIn = (answer?: Answer): Record<string, unknown> =>
    JSON.parse(answer?.body ?? "{}") as Record<string, unknown>;

  it("reports the health of the targets and the number of requests", () => {
    const answer = busy.json;
    assert.equal(answer?.statusCode, 200);
    assert.equal(answer.headers["content-type"], "application/json; charset=utf-8");
    const { at, ...report } = reportIn(answer);
    assert.match(String(at), /^20\d\d-\d\d-\d\dT/);
    assert.deepEqual(report, {
      store: "Shop <1> & sons",
      status: "up",
      targets: [{ label: "blue", healthy: 3, unhealthy: 0, zones: { any: 3 }, moving: 0 }],
      // Per minute: 98 requests and 2 that no target got; 1 + 2 errors; a mean of 0.2 s.
      requests: { perMinute: 100, errorPercent: 3, latencyMilliseconds: 200 },
    });
  });

  it("contains no IDs and no addresses", () => {
    for (const answer of [idle.json, idle.page, busy.json, busy.page])
      assert.doesNotMatch(answer?.body ?? "", /\bi-[0-9a-f]{8}|\d+\.\d+\.\d+\.\d+|arn:/);
  });

  it("reports up before the first request", () => {
    assert.deepEqual(reportIn(idle.json)["requests"], { perMinute: 0 });
    assert.match(idle.page?.body ?? "", /<dd>no requests<\/dd>/);
  });

  it("counts starting and stopping targets separately", async () => {
    const [answer] = await invoke(await world({ healthy: 2, stopped: 1 }), [event()]);
    const [targets] = reportIn(answer)["targets"] as unknown[];
    assert.deepEqual(targets, { label: "blue", healthy: 2, unhealthy: 0, zones: { any: 2 }, moving: 1 });
    assert.equal(reportIn(answer)["status"], "up");
  });

  it("reports down, with status 503, without a healthy target", async () => {
    const [answer] = await invoke(await world({ healthy: 0, stopped: 2 }), [event()]);
    assert.equal(answer?.statusCode, 503);
    assert.equal(answer.statusDescription, "503 Service Unavailable");
    assert.equal(answer.headers["cache-control"], "no-store");
    assert.equal(reportIn(answer)["status"], "down");
  });

  it("reports degraded, and serves, while a target is unhealthy", async () => {
    // moto has no unhealthy targets, so a proxy reports the stopped one as unhealthy.
    const { hasChanged, url, close } = await relay(moto.url, (body) =>
      body.replace("<State>unused</State>", "<State>unhealthy</State>"),
    );
    try {
      const [answer] = await invoke(await world({ healthy: 2, stopped: 1 }), [event()], url);
      assert.ok(hasChanged());
      assert.equal(answer?.statusCode, 200);
      assert.equal(reportIn(answer)["status"], "degraded");
      const [targets] = reportIn(answer)["targets"] as unknown[];
      assert.deepEqual(targets, { label: "blue", healthy: 2, unhealthy: 1, zones: { any: 2 }, moving: 0 });
    } finally {
      close();
    }
  });

  it("reports unknown if AWS does not answer, and asks again the next time", async () => {
    const gone = { loadBalancer: "app/gone/1", targetGroupArn: `${(await world({})).targetGroupArn}0` };
    const [json, page] = await invoke(gone, [event(), event({ accept: "text/html" })]);
    assert.deepEqual(
      [json?.statusCode, reportIn(json)],
      [503, { store: "Shop <1> & sons", status: "unknown" }],
    );
    assert.equal(page?.statusCode, 503);
    assert.match(page.body, /AWS doesn't say how the store is/);
  });

  it("asks AWS once for all requests within ten seconds", () => {
    assert.equal(idle.calls, 2);
  });

  it("returns a page to browsers, with escaped texts", () => {
    const answer = busy.page;
    assert.equal(answer?.headers["content-type"], "text/html; charset=utf-8");
    assert.match(answer.body, /<h1>Shop &#60;1&#62; &#38; sons<\/h1>/);
    assert.match(answer.body, /<strong>The store is up\.<\/strong>/);
    assert.match(answer.body, /<td>blue<\/td><td>3<\/td><td>0<\/td><td>0<\/td><td>any: 3<\/td>/);
    assert.match(answer.body, /<dd>3\.00 %<\/dd>/);
  });

  it("returns the type that the request prefers", async () => {
    const preferred = [
      ["application/json", "application/json"],
      ["*/*", "application/json"],
      ["", "application/json"],
      ["text/html;q=0.5, application/json", "application/json"],
      ["application/json;q=0.5, text/html", "text/html"],
      ["text/html;q=0", "application/json"],
      ["TEXT/HTML", "text/html"],
    ] as const;
    const answers = await invoke(
      { loadBalancer: "app/x/1", targetGroupArn: "arn:x" },
      preferred.map(([accept]) => event({ accept })),
    );
    assert.deepEqual(
      answers.map(({ headers }) => [headers["content-type"], headers["vary"]]),
      preferred.map(([, type]) => [`${type}; charset=utf-8`, "accept"]),
    );
  });

  it("answers HEAD without a body, and refuses other methods", () => {
    const { head, post } = idle;
    assert.deepEqual([head?.statusCode, head?.body], [200, ""]);
    assert.deepEqual([post?.statusCode, post?.headers["allow"]], [405, "GET, HEAD"]);
  });
});

/** A proxy in front of moto that changes its answers, and counts them. */
async function relay(
  to: string,
  change: (body: string) => string,
): Promise<{ url: string; calls: () => number; hasChanged: () => boolean; close: () => void }> {
  let calls = 0;
  let changed = false;
  const server: Server = createServer((request, response) => {
    void (async () => {
      calls++;
      const { host: _, connection: __, ...headers } = request.headers;
      const body = await text(request);
      const answer = await fetch(to + (request.url ?? "/"), {
        method: request.method ?? "GET",
        headers: headers as Record<string, string>,
        ...(body === "" ? {} : { body }),
      });
      const received = Buffer.from(await answer.arrayBuffer());
      const sent = change(received.toString("latin1"));
      changed ||= sent !== received.toString("latin1");
      const type = answer.headers.get("content-type") ?? "";
      response.writeHead(answer.status, {
        "content-type": type,
        "smithy-protocol": answer.headers.get("smithy-protocol") ?? "",
      });
      response.end(Buffer.from(sent, "latin1"));
    })();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls: () => calls,
    hasChanged: () => changed,
    close: () => void server.close(),
  };
}
