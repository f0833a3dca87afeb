import assert from "node:assert/strict";

import fc from "fast-check";

import { COLOURS } from "../../../components/colours";
import { planColours } from "../../../stacks/release/colours";
import { isAccepted, messageOf, settingsOf } from "../../support/settings";

const HEADING = "Stack dev has 1 setting to correct. Nothing was created or changed.";
const blueGreen = (value: unknown): Record<string, string> => ({ blueGreen: JSON.stringify(value) });

const artifact = {
  application: JSON.stringify({
    source: "artifact",
    artifact: { bucket: "releases", key: "store/1.tar.gz", sha256: "1".repeat(64) },
    command: ["bin/server"],
  }),
};

const OWN_RELEASES = {
  enabled: true,
  blue: { artifactKey: "1", artifactSha256: "1".repeat(64) },
  green: { artifactKey: "2", artifactSha256: "2".repeat(64) },
};

const MIGRATES = { command: ["bin/migrate", "up"] };

describe("blueGreen", () => {
  it("is off by default, and blue then gets all visitors", () => {
    const own = { instanceTypes: [] };
    assert.deepEqual(settingsOf().blueGreen, {
      enabled: false,
      live: "blue",
      fillIdle: false,
      blue: { weight: 100, ...own },
      green: { weight: 0, ...own },
      stickinessSeconds: 0,
      bakeMinutes: 30,
      releaseCommand: { command: [], timeoutSeconds: 900, logRetentionDays: 90 },
    });
  });

  for (const { title, set, fault } of [
    {
      title: "weight for a colour without instances",
      set: blueGreen({ enabled: true, green: { weight: 10 } }),
      fault: [
        "web-store:blueGreen.green.weight",
        "  got:     10",
        "  allowed: 0: green is not live, and has no instances while fillIdle is false",
        "  remedy:  set fillIdle: true, deploy, and give green its weight in the next deployment; or set the weight to 0",
      ],
    },
    {
      title: "a live colour whose weight stays with the other, which now has no instances",
      set: blueGreen({ enabled: true, live: "green" }),
      fault: [
        "web-store:blueGreen.blue.weight",
        "  got:     100 (default)",
        "  allowed: 0: blue is not live, and has no instances while fillIdle is false",
        "  remedy:  set fillIdle: true, deploy, and give blue its weight in the next deployment; or set the weight to 0",
      ],
    },
    {
      title: "no weight at all",
      set: blueGreen({ enabled: true, blue: { weight: 0 } }),
      fault: [
        "web-store:blueGreen.blue.weight",
        "  got:     0",
        "  allowed: at least 1 while the other is 0: visitors need a colour",
        "  remedy:  set blue.weight to 100",
      ],
    },
    {
      title: "blue/green switched off while green is live",
      set: blueGreen({ live: "green" }),
      fault: [
        "web-store:blueGreen.live",
        "  got:     green",
        "  allowed: blue while enabled is false: a store without blue/green is blue",
        "  remedy:  move all visitors to blue before you disable it, or set enabled: true",
      ],
    },
    {
      title: "a release command without blue/green releases",
      set: { ...blueGreen({ releaseCommand: MIGRATES }), ...artifact },
      fault: [
        "web-store:blueGreen.releaseCommand.command",
        "  got:     a list of 2, not shown as it may hold a secret",
        "  allowed: no value while blueGreen.enabled is false: it runs on a colour that has no visitors yet",
        "  remedy:  set blueGreen.enabled, or remove releaseCommand",
      ],
    },
    {
      title: "a release command for an application without one",
      set: blueGreen({ enabled: true, releaseCommand: MIGRATES }),
      fault: [
        "web-store:blueGreen.releaseCommand.command",
        "  got:     a list of 2, not shown as it may hold a secret",
        "  allowed: no value while application.source is builtin, which has no command to run",
        "  remedy:  set application.source to artifact or container, or remove releaseCommand",
      ],
    },
    {
      title: "a release command for a release that both colours share",
      set: {
        ...blueGreen({
          enabled: true,
          blue: { artifactKey: "1", artifactSha256: "1".repeat(64) },
          releaseCommand: MIGRATES,
        }),
        ...artifact,
      },
      fault: [
        "web-store:blueGreen.green.artifactKey",
        "  got:     nothing",
        "  allowed: green's own release, as there is a releaseCommand: a new release for both colours would get visitors at once",
        "  remedy:  set green.artifactKey to what application has; change it when green gets its next release",
      ],
    },
    {
      title: "a release command whose program is a folder",
      set: { ...blueGreen({ ...OWN_RELEASES, releaseCommand: { command: ["bin/"] } }), ...artifact },
      fault: [
        "web-store:blueGreen.releaseCommand.command",
        "  got:     a list of 1, not shown as it may hold a secret",
        "  allowed: a program as the first word, a file of the archive or an absolute path: neither blank nor a folder",
        "  remedy:  name the file, as in bin/server",
      ],
    },
    {
      title: "a timeout that Systems Manager does not allow",
      set: blueGreen({ releaseCommand: { timeoutSeconds: 0 } }),
      fault: [
        "web-store:blueGreen.releaseCommand.timeoutSeconds",
        "  got:     0",
        "  allowed: a whole number from 10 to 21600",
        "  remedy:  for example: pulumi config set --path 'web-store:blueGreen.releaseCommand.timeoutSeconds' 900",
      ],
    },
    {
      title: "a colour's own archive without its hash",
      set: { ...blueGreen({ green: { artifactKey: "store/2.tar.gz" } }), ...artifact },
      fault: [
        "web-store:blueGreen.green.artifactSha256",
        "  got:     nothing",
        "  allowed: the SHA-256 of green.artifactKey",
        "  remedy:  run sha256sum on the archive",
      ],
    },
    {
      title: "a colour's own hash without its archive",
      set: { ...blueGreen({ green: { artifactSha256: "0".repeat(64) } }), ...artifact },
      fault: [
        "web-store:blueGreen.green.artifactSha256",
        `  got:     ${"0".repeat(64)}`,
        "  allowed: no value without green.artifactKey",
        "  remedy:  set green.artifactKey, or remove artifactSha256",
      ],
    },
    {
      title: "a colour's own image in a store with an archive",
      set: {
        ...blueGreen({ blue: { image: `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}` } }),
        ...artifact,
      },
      fault: [
        "web-store:blueGreen.blue.image",
        `  got:     public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`,
        "  allowed: no value while application.source is artifact",
        "  remedy:  remove blue.image, or set application.source",
      ],
    },
    {
      title: "stickiness as long as a step",
      set: blueGreen({ enabled: true, stickinessSeconds: 1800 }),
      fault: [
        "web-store:blueGreen.stickinessSeconds",
        "  got:     1800",
        "  allowed: less than bakeMinutes, 30, which are 1800 s: visitors must follow the weights within a step",
        "  remedy:  lower stickinessSeconds, or raise bakeMinutes to 31",
      ],
    },
    {
      title: "a colour with two architectures",
      set: blueGreen({ enabled: true, green: { instanceTypes: ["m7g.large", "m7i.large"] } }),
      fault: [
        "web-store:blueGreen.green.instanceTypes",
        '  got:     ["m7g.large","m7i.large"]',
        "  allowed: types of one architecture, that of the image: m7g.large is arm64",
        "  remedy:  remove m7i.large",
      ],
    },
    {
      title: "a range without room for two colours",
      set: {
        ...blueGreen({ enabled: true, fillIdle: true }),
        "network.cidrBlock": "10.0.0.0/23",
        "fleet.maxSize": "40",
      },
      fault: [
        "web-store:network.cidrBlock",
        "  got:     10.0.0.0/23",
        "  allowed: a range whose 2 private subnets hold 120 addresses: maxSize of two colours, and room to replace instances",
        "  remedy:  choose a larger range (this one holds 118), or lower maxSize, 40",
      ],
    },
  ]) {
    it(`is refused: ${title}`, () => {
      assert.equal(messageOf(set), `${HEADING}\n\n${fault.join("\n")}`);
    });
  }

  it("sends visitors only to colours with instances, and to at least one", () => {
    const weight = fc.constantFrom(0, 1, 100, 999);
    fc.assert(
      fc.property(
        fc.constantFrom(...COLOURS),
        fc.boolean(),
        weight,
        weight,
        (live, fillIdle, blue, green) => {
          const set = { enabled: true, live, fillIdle, blue: { weight: blue }, green: { weight: green } };
          const idle = live === "blue" ? green : blue;
          assert.equal(isAccepted(blueGreen(set)), blue + green > 0 && (fillIdle || idle === 0));
        },
      ),
    );
  });
});

describe("the colours of a release", () => {
  const IMAGE = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;
  const plans = (changes: Record<string, string>, current?: { minSize: number; maxSize: number }) =>
    planColours(settingsOf({ "fleet.minSize": "2", "fleet.maxSize": "6", ...changes }), current).map(
      ({ colour, isLive, weight, minSize, maxSize, part }) => [
        colour,
        isLive,
        weight,
        minSize,
        maxSize,
        part,
      ],
    );

  it("are one colour with all visitors without blueGreen", () => {
    assert.deepEqual(plans({}), [["blue", true, 1, 2, 6, "only"]]);
    assert.deepEqual(plans({}, { minSize: 4, maxSize: 8 }), [["blue", true, 1, 4, 8, "only"]]);
  });

  it("are both colours with blueGreen, and the idle one is empty unless it is filled", () => {
    const sizes = (fields: object): unknown[] =>
      plans(blueGreen({ enabled: true, ...fields }), { minSize: 4, maxSize: 8 }).map((plan) =>
        plan.slice(0, 5),
      );
    assert.deepEqual(sizes({}), [
      ["blue", true, 100, 4, 8],
      ["green", false, 0, 0, 0],
    ]);
    assert.deepEqual(sizes({ fillIdle: true, green: { weight: 10 } }), [
      ["blue", true, 100, 4, 8],
      ["green", false, 10, 2, 6],
    ]);
  });

  it("may have their own release only if it is of the store's kind", () => {
    const container = { application: JSON.stringify({ source: "container", image: IMAGE }) };
    const own = { artifactKey: "store/2.tar.gz", artifactSha256: "0".repeat(64) };
    assert.match(
      messageOf({ ...container, ...blueGreen({ green: own }) }),
      /green\.artifactKey\n[^]*no value while application\.source is container/,
    );
    const message = messageOf(blueGreen({ green: { ...own, image: IMAGE } }));
    for (const field of ["artifactKey", "image"])
      assert.match(
        message,
        new RegExp(`green\\.${field}\\n[^]*no value while application\\.source is builtin`),
      );
    assert.ok(isAccepted({ ...container, ...blueGreen({ green: { image: IMAGE } }) }));
    assert.ok(isAccepted({ ...artifact, ...blueGreen({ green: own }) }));
  });
});
