import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readDemand } from "../../../packages/rehearse/peak";
import type { JsonStack } from "../../../packages/rehearse/report/json";
import { rehearseHere, rehearseWarm } from "../../support/rehearse";

const folder = mkdtempSync(join(tmpdir(), "peak-"));
after(() => rmSync(folder, { recursive: true }));

let files = 0;

/** Writes a file of this suite. */
function file(text: string, ending = "csv"): string {
  const path = join(folder, `${++files}.${ending}`);
  writeFileSync(path, text);
  return path;
}

/** Requests per second, and their start. */
function read(text: string): [start: string, step: number, rates: number[]] {
  const { startSeconds, stepSeconds, perSecond } = readDemand(file(text));
  return [new Date(1000 * startSeconds).toISOString(), stepSeconds, [...perSecond]];
}

describe("A demand file", () => {
  const FIRST = "2026-11-27T18:00:00.000Z";

  for (const [what, text] of [
    [
      "requests of each interval, in UTC",
      "time,requests\n2026-11-27T18:00:00Z,60\n2026-11-27T18:01:00Z,120\n",
    ],
    ["times of other zones", "time,requests\n2026-11-27T19:00:00+01:00,60\n2026-11-27 19:01:00+0100,120\n"],
    ["times without a zone, which are UTC", "time,requests\n2026-11-27 18:00,60\n2026-11-27T18:01,120"],
    ["seconds since 1970", "time,requests\n1795802400,60\n1795802460,120\n"],
    ["milliseconds since 1970", "time,requests\n1795802400000,60\n1795802460000,120\n"],
    ["requests a second", "time,requestsPerSecond\n2026-11-27T18:00:00Z,1\n2026-11-27T18:01:00Z,2\n"],
    [
      "a byte order mark, CRLF, quotes, comments, blank lines and more columns",
      '\uFEFF"Timestamp","zone","Request Count"\r\n# of Friday\r\n"2026-11-27T18:00:00Z","a, b","60"\r\n\r\n"2026-11-27T18:01:00Z","",120\r\n',
    ],
    ["semicolons", "time;requests\n2026-11-27T18:00:00Z;60\n2026-11-27T18:01:00Z;120\n"],
  ] as const)
    it(`accepts ${what}`, () => assert.deepEqual(read(text), [FIRST, 60, [1, 2]]));

  it("treats missing intervals as having no requests, and counts them", () => {
    const gaps = file("time,requests\n1795802400,60\n1795802460,60\n1795802640,60\n");
    const { perSecond, source } = readDemand(gaps);
    assert.deepEqual([...perSecond], [1, 1, 0, 0, 1]);
    assert.match(source, /2 of 5 intervals are missing and count as 0/);
  });

  for (const [what, text, faults] of [
    [
      "nothing",
      "",
      ["its first line is missing; it must name the columns time, and requests or requestsPerSecond"],
    ],
    [
      "no header",
      "1795802400,60\n1795802460,60\n",
      ['its first line is "1795802400,60"; it must name the columns'],
    ],
    ["a header alone", "time,requests\n", ["it has no line below the header; there must be two or more"]],
    ["one line", "time,requests\n1795802400,60\n", ["it has one line below the header"]],
    [
      "what is no number or no time, all of it",
      "time,requests\n1795802400,-1\nyesterday,NaN\n1795802460\n2026-13-45T00:00:00Z,1e999\n",
      [
        'line 2: requests is "-1"; it must be a number from 0 to 1000000000000',
        'line 3: time is "yesterday"; it must be a time such as 2030-11-29T18:00:00Z, or seconds since 1970',
        'line 3: requests is "NaN"',
        "line 4: requests is missing",
        'line 5: time is "2026-13-45T00:00:00Z"',
        'line 5: requests is "1e999"',
      ],
    ],
    [
      "times that go back, or stand still",
      "time,requests\n1795802460,1\n1795802400,1\n1795802400,1\n",
      ["line 3: its time isn't later than that of the previous line", "line 4: its time isn't later"],
    ],
    [
      "intervals that don't fit each other",
      "time,requests\n1795802400,1\n1795802460,1\n1795802550,1\n",
      ["line 4: its time isn't a multiple of the shortest interval, 60 s, after the first"],
    ],
    [
      "months",
      "time,requests\n2026-01-01,1\n2026-01-02,1\n2026-12-31,1\n",
      ["it has 364 days; at most 35 are simulated: reduce it to the days around the peak"],
    ],
    ["quotes that don't end", 'time,requests\n"1795802400,1\n', ["isn't CSV: "]],
  ] as const)
    it(`with ${what} is rejected with every bad line`, async () => {
      const { status, stdout, stderr } = await rehearseHere(["dev", "--demand", file(text)]);
      assert.deepEqual([status, stdout], [2, ""]);
      for (const fault of faults) assert.ok(stderr.includes(fault), stderr);
      assert.doesNotMatch(stderr, /^\s+at /m);
    });

  it("that never ends is rejected, and so are other such files that a user names", async () => {
    const { status, stderr } = await rehearseHere(["dev", "--demand", "/dev/zero", "--load", "/dev/zero"]);
    assert.equal(status, 2);
    assert.match(stderr, /demand file \/dev\/zero has more than 64 MiB, which is the limit/);
    assert.match(stderr, /load file \/dev\/zero has more than 16 MiB/);
  });

  it("that does not exist is reported together with errors in a load file", async () => {
    const load = file(
      "bootSeconds: -1\nconcurrency: 1.5\nservise: poisson\nservice: poisson\ngroups: { web: 3 }\n",
      "yaml",
    );
    const { status, stderr } = await rehearseHere([
      "dev",
      "--demand",
      join(folder, "none.csv"),
      "--load",
      load,
    ]);
    assert.equal(status, 2);
    for (const fault of [
      /demand file .*none\.csv doesn't exist; the \.csv files there are/,
      /bootSeconds, seconds from an instance's launch until it answers, is the number -1; it must be a number from 0 to 7200/,
      /concurrency, .*, is the number 1\.5; it must be a whole number from 1 to 10000/,
      /servise is not an assumption; .* Did you mean service\?/,
      /service is the string "poisson"; it must be exponential, lognormal, deterministic/,
      /groups\["web"\] is the number 3; it must be a mapping/,
    ])
      assert.match(stderr, fault);
  });
});

describe("rehearse --peak", () => {
  const demand = file(
    "time,requests\n2026-11-27T18:00:00Z,3000\n2026-11-27T18:30:00Z,600000\n2026-11-27T19:00:00Z,3000\n",
  );

  it("reports on each group, with the demand's name and the fixes", async () => {
    const load = file(
      "requestsPerSecond: 40\ngroups: { web-store-proxy-fleet: { requestsPerSecond: 900 } }\n",
      "yaml",
    );
    const { status, stdout } = await rehearseWarm(["dev", "--demand", demand, "--load", load]);
    assert.equal(status, 0);
    assert.match(stdout, /^Peak:\n {4}✗ web-store-fleet: up to 20,000 requests a minute \(\d+\.csv\)$/m);
    assert.match(stdout, /^ {8}as planned: It is over capacity for 30 minutes: /m);
    assert.match(
      stdout,
      /^ {8}Fix: minSize \d+ instead of 2, at all times and a maxSize no less \(\+\$[\d.,]+ a month\)$/m,
    );
    assert.match(stdout, /^ {4}✓ web-store-proxy-fleet: /m);
  });

  it("is in --json, and in no format unless it is requested", async () => {
    const { stdout } = await rehearseWarm(["dev", "--demand", demand, "--json"]);
    const { stacks } = JSON.parse(stdout) as { stacks: JsonStack[] };
    const fleets = stacks[0]?.peak?.fleets ?? [];
    assert.deepEqual(
      fleets.map(({ name }) => name),
      ["web-store-fleet", "web-store-proxy-fleet"],
    );
    assert.deepEqual(
      fleets[0]?.scenarios.map(({ kind }) => kind),
      ["planned", "instanceLost", "zoneLost"],
    );
    assert.ok(
      fleets[0]?.assumptions.some((text) => text.includes("Proxies of the stack distribute its requests")),
    );
    const plain = await rehearseWarm(["dev"]);
    assert.doesNotMatch(plain.stdout, /Peak:/);
  });

  it("rejects assumptions about groups that no stack has", async () => {
    const { status, stderr } = await rehearseWarm([
      "dev",
      "--load",
      file("groups: { web-store-flet: {} }\n", "yaml"),
    ]);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /no stack has a group web-store-flet; the groups are .* Did you mean web-store-fleet\?/,
    );
  });
});
