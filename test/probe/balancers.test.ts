import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CheckId } from "../../tools/probe/types";
import { freePort, portOf, startBackend, startBalancer, stop } from "../support/balancers";
import { Authority } from "../support/certificates";
import { probe, probeJson } from "../support/probe";
import { describeWith } from "../support/programs";
import { Store } from "../support/store";
import { haproxy, nginx, type Variant } from "./variants";

const EQUAL = ["--expect", "a=1,b=1,c=1"];

for (const [program, render] of [["haproxy", haproxy] as const, ["nginx", nginx] as const]) {
  describeWith([program, "openssl"], `the probe, of a real ${program}`, () => {
    const folder = mkdtempSync(join(tmpdir(), `probe-${program}-`));
    let authority: Authority;
    let good: Variant;
    let stores: Store[];
    let balancer: ChildProcess | undefined;

    before(async () => {
      authority = new Authority(folder);
      const certificate = authority.issue("good", { name: "localhost", days: 30 });
      good = { certificate, oldTls: false, plain: "redirect", weights: [1, 1, 1], hardened: true };
      stores = await Promise.all(
        ["a", "b", "c"].map((id, index) =>
          Store.start({
            INSTANCE_ID: id,
            AVAILABILITY_ZONE: `zone-${index + 1}`,
            ORDERS_FILE: join(folder, "orders.sqlite"),
          }),
        ),
      );
    });
    afterEach(async () => {
      if (balancer) await stop(balancer);
    });
    after(async () => {
      await Promise.all(stores.map((store) => store.stop()));
      rmSync(folder, { recursive: true });
    });

    const start = async (
      changes: Partial<Variant>,
      ports = stores.map(({ port }) => port),
    ): Promise<string[]> => {
      const [tls, plain] = [await freePort(), await freePort()];
      const configuration = render({ ...good, ...changes }, { tls, plain, backends: ports });
      balancer = await startBalancer(program, folder, configuration, [tls, plain]);
      const quick = ["--rate", "1000", "--effect", "0.5", "--alpha", "0.0001"];
      return [
        `https://localhost:${tls}/`,
        "--http-port",
        String(plain),
        "--ca",
        authority.file,
        "--health",
        "/readyz",
        ...quick,
      ];
    };

    it("passes a sound server, and reports its observations", async () => {
      const { status, report, check } = await probeJson([...(await start({})), ...EQUAL]);
      const others = report.checks.filter(({ id }) => id !== "key-exchange");
      assert.deepEqual(
        others.map(({ id }) => id),
        [
          "redirect",
          "certificate",
          "tls-versions",
          "headers",
          "http2",
          "health",
          "shares",
          "zones",
          "stickiness",
        ],
      );
      assert.deepEqual(
        others.filter(({ passed }) => passed !== true),
        [],
      );
      // Debian 12's OpenSSL has no post-quantum key exchange: a Node.js that supports one detects this, another one
      // reports that it can't.
      const exchange = check("key-exchange");
      assert.match(
        exchange?.detail ?? "",
        exchange?.passed === null ? /^not checked: OpenSSL/ : /X25519MLKEM768/,
      );
      const isFine = exchange?.passed !== false;
      assert.deepEqual([status, report.verdict], isFine ? [0, "pass"] : [1, "fail"]);
      assert.deepEqual(
        report.shares.map(({ backend, expected }) => [backend, expected]),
        [
          ["a", 1 / 3],
          ["b", 1 / 3],
          ["c", 1 / 3],
        ],
      );
    });

    const bad: readonly (readonly [
      title: string,
      id: CheckId,
      says: RegExp,
      variant: () => Partial<Variant>,
    ])[] = [
      [
        "an expired certificate",
        ...(["certificate", /it ended \d days ago/] as const),
        () => ({ certificate: authority.issue("expired", { name: "localhost", days: -1 }) }),
      ],
      [
        "a certificate that soon ends",
        ...(["certificate", /^it ends in \d days; 14 or more should be left$/] as const),
        () => ({ certificate: authority.issue("soon", { name: "localhost", days: 7 }) }),
      ],
      [
        "a certificate for another name",
        ...(["certificate", /^it isn't for localhost, but for DNS:shop\.example$/] as const),
        () => ({ certificate: authority.issue("other", { name: "shop.example", days: 30 }) }),
      ],
      [
        "a certificate that vouches for itself",
        ...(["certificate", /^its chain: DEPTH_ZERO_SELF_SIGNED_CERT$/] as const),
        () => ({ certificate: authority.issue("self", { name: "localhost", days: 30, isSelfSigned: true }) }),
      ],
      [
        "TLS 1.0",
        "tls-versions",
        /^TLSv1\.0, TLSv1\.1, TLSv1\.2, TLSv1\.3 accepted$/,
        () => ({ oldTls: true }),
      ],
      [
        "plain HTTP that serves",
        "redirect",
        /is answered by 200, not by 301 or 308/,
        () => ({ plain: "serve" }),
      ],
      ["a redirect in a circle", "redirect", /redirects in a circle/, () => ({ plain: "circle" })],
      [
        "missing headers, and a version told",
        ...([
          "headers",
          /^missing: Strict-Transport-Security with a max-age of 300 or more\. it shows a version: \w+\/\d/,
        ] as const),
        () => ({ hardened: false }),
      ],
    ];
    for (const [title, id, says, variant] of bad) {
      it(`fails ${title} in that check`, async () => {
        const { status, report, check } = await probeJson([...(await start(variant())), "--requests", "30"]);
        assert.deepEqual([status, report.verdict], [1, "fail"]);
        assert.equal(check(id)?.passed, false, check(id)?.detail);
        assert.match(check(id)?.detail ?? "", says);
        // A redirect loop affects all other paths, too.
        const excused: CheckId[] = title.includes("circle") ? ["headers", "health"] : [];
        const others = report.checks.filter(({ passed }) => passed === false).map((each) => each.id);
        assert.deepEqual(
          others.filter((each) => ![id, "key-exchange", ...excused].includes(each)),
          [],
        );
      });
    }

    it("fails a weight other than the requested one, and passes the requested one", async () => {
      const args = await start({ weights: [3, 1, 1] });
      // On a busy machine, nginx follows its weights less exactly: more requests still distinguish them from equal
      // weights.
      const skewed = await probeJson([...args, ...EQUAL, "--requests", "300"]);
      assert.match(skewed.check("shares")?.detail ?? "", /^not in these shares: chi-square/);
      assert.deepEqual([skewed.status, skewed.check("shares")?.passed], [1, false]);
      const asked = await probeJson([...args, "--expect", "a=3,b=1,c=1"]);
      assert.equal(asked.check("shares")?.passed, true, asked.check("shares")?.detail);
    });

    it("fails a backend that is never served, and an unexpected one", async () => {
      const args = await start(
        {},
        stores.slice(0, 2).map(({ port }) => port),
      );
      const unseen = await probeJson([...args, ...EQUAL]);
      assert.match(unseen.check("shares")?.detail ?? "", /^never seen in \d+ requests: c$/);
      assert.equal(unseen.report.shares.find(({ backend }) => backend === "c")?.served, 0);
      const unexpected = await probeJson([...args, "--expect", "a=1"]);
      assert.match(unexpected.check("shares")?.detail ?? "", /^not among those expected: b$/);
      assert.deepEqual([unseen.status, unexpected.status], [1, 1]);
    });

    it("fails if one backend returns only errors", async () => {
      const broken = await startBackend("d", "zone-1", 0, 502);
      const args = await start({}, [...stores.map(({ port }) => port), portOf(broken)]);
      const { check } = await probeJson([...args, "--expect", "a=1,b=1,c=1,d=1"]);
      broken.close();
      assert.equal(check("shares")?.passed, false);
      assert.match(check("shares")?.detail ?? "", /^\d+ of \d+ requests failed, the first with status 502$/);
    });

    it("fails for a dead backend: its requests fail, or it is never seen", async () => {
      const args = await start({}, [...stores.map(({ port }) => port), await freePort()]);
      const { check } = await probeJson([...args, "--expect", "a=1,b=1,c=1,d=1"]);
      const says = {
        haproxy: /requests failed, the first with status 503$/,
        nginx: /^never seen in \d+ requests: d$/,
      };
      assert.equal(check("shares")?.passed, false);
      assert.match(check("shares")?.detail ?? "", says[program]);
    });

    it("is incomplete if the backends are not given", async () => {
      const { status, report, check } = await probeJson(await start({}));
      assert.match(check("shares")?.detail ?? "", /^3 seen in 200 requests; without --expect or --stack/);
      if (check("key-exchange")?.passed === null)
        assert.deepEqual([status, report.verdict], [3, "incomplete"]);
      assert.deepEqual(
        report.shares.map(({ expected }) => expected),
        [null, null, null],
      );
    });

    it("judges the rest of a plain HTTP URL, whose TLS checks fail", async () => {
      const [, , port = ""] = await start({ plain: "serve" });
      const quick = ["--health", "/readyz", "--rate", "1000", "--effect", "0.5", "--alpha", "0.0001"];
      const { status, check } = await probeJson([`http://localhost:${port}/`, ...quick, ...EQUAL]);
      assert.equal(status, 1);
      for (const id of ["certificate", "tls-versions", "key-exchange", "http2"] as const)
        assert.match(check(id)?.detail ?? "", /^the URL is plain HTTP/);
      assert.deepEqual(
        [check("redirect")?.passed, check("shares")?.passed, check("health")?.passed],
        [false, true, true],
      );
    });

    it("writes a test report, and watches the set of backends", async () => {
      const args = await start({});
      const junit = join(folder, "junit.xml");
      await probe([...args, ...EQUAL, "--junit", junit]);
      assert.match(readFileSync(junit, "utf8"), /<testsuite name="probe" tests="10" failures="\d"/);
      const chart = join(folder, "chart.svg");
      const watched = await probe([
        args[0] ?? "",
        "--watch",
        "--seconds",
        "2",
        "--rate",
        "50",
        "--chart",
        chart,
      ]);
      assert.equal(watched.status, 0, watched.stderr);
      assert.match(
        watched.stdout,
        /^2 s, \d+ requests, 0 failed\n( {2}[abc] +\d+ {2}from +0 s {2}here\n){3}$/,
      );
      assert.match(readFileSync(chart, "utf8"), /^<svg [^]*>a<\/text>[^]*>failed<\/text>/);
    });
  });
}

describeWith(["haproxy", "openssl"], "the probe for HAProxy's algorithms", () => {
  const folder = mkdtempSync(join(tmpdir(), "probe-algorithm-"));
  let backends: Server[];
  let balancer: ChildProcess | undefined;

  before(async () => {
    const started = [startBackend("a", "z1"), startBackend("b", "z1"), startBackend("c", "z2")];
    // However busy the machine is, the others take at most half of this time.
    backends = await Promise.all([...started, startBackend("slow", "z2", 250)]);
  });
  afterEach(async () => {
    if (balancer) await stop(balancer);
  });
  after(() => {
    for (const backend of backends) backend.close();
    rmSync(folder, { recursive: true });
  });

  const start = async (balance: string, servers = backends.slice(0, 3), cookie = ""): Promise<string[]> => {
    if (balancer) await stop(balancer);
    const port = await freePort();
    const lines = servers.map(
      (backend, index) => `  server s${index} 127.0.0.1:${portOf(backend)} ${cookie && `cookie s${index}`}`,
    );
    const times = "  timeout connect 1s\n  timeout client 10s\n  timeout server 10s";
    const configuration = `defaults\n  mode http\n${times}\nlisten store\n  bind 127.0.0.1:${port}\n  balance ${balance}\n  ${cookie}\n${lines.join("\n")}\n`;
    balancer = await startBalancer("haproxy", folder, configuration, [port]);
    return [`http://localhost:${port}/`, "--rate", "1000", "--effect", "0.3"];
  };
  const shares = async (args: string[]) => (await probeJson(args)).check("shares");
  const TWO = ["--expect", "a=1,b=1"];
  const pair = () => backends.slice(0, 2);

  it("recognizes round robin", async () => {
    const inTurn = await shares([
      ...(await start("roundrobin", pair())),
      ...TWO,
      "--algorithm",
      "round-robin",
    ]);
    assert.match(inTurn?.detail ?? "", /^in turn: dispersion 0\.0/);
    assert.equal(inTurn?.passed, true);
  });

  it("recognizes whether a slow backend gets fewer requests", async () => {
    const all = ["--expect", "a=1,b=1,slow=1", "--algorithm", "least-connections", "--concurrency", "12"];
    const withSlow = [...pair(), ...backends.slice(3)];
    const spared = await shares([...(await start("leastconn", withSlow)), ...all]);
    assert.match(spared?.detail ?? "", /^slow takes \d+ ms and gets/);
    assert.equal(spared?.passed, true, spared?.detail);
    const inTurn = await shares([...(await start("roundrobin", withSlow)), ...all]);
    assert.equal(inTurn?.passed, false, inTurn?.detail);
  });

  it("recognizes whether a visitor stays with one backend", async () => {
    const of = async (args: string[]) => (await probeJson(args)).check("stickiness")?.passed;
    const sticky = await start("roundrobin", backends.slice(0, 3), "cookie STUCK insert indirect nocache");
    assert.equal(await of([...sticky, "--sticky"]), true);
    assert.equal(await of(sticky), false);
    const loose = await start("roundrobin");
    assert.equal(await of([...loose, "--sticky"]), false);
    assert.equal(await of(loose), true);
  });
});
