import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Values } from "../../packages/rehearse/values";
import {
  type Graph,
  type JsonRun,
  rehearseJson,
  rehearseWarm,
  ROOT,
  stateOf,
  text,
} from "../support/rehearse";
import { isAccepted, settingsOf } from "../support/settings";
import { stackFile } from "../support/stack-file";

const RECORD = "aws:route53/record:Record";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const PRELOAD = "./packages/rehearse/hosts/preload.cjs";
const ROLE = "arn:aws:iam::210987654321:role/store-dns";

const BASE = {
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:certificate.subjectAlternativeNames": ["www.store.example.com", "*.store.example.com"],
  "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b"],
};
const NONE = { "web-store:dns": "none" };
const BY_ROLE = { "web-store:hostedZoneName": "example.com", "web-store:hostedZoneRoleArn": ROLE };

/** Each stack's DNS settings. */
const STACKS: Readonly<Record<string, Values>> = {
  none: { ...NONE, "web-store:certificate.validationMinutes": 60 },
  cdn: { ...NONE, "web-store:cdn": { enabled: true, origin: "open" } },
  internal: { ...NONE, "web-store:internal": { enabled: true } },
  own: {
    ...NONE,
    "web-store:certificate.arn":
      "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
  },
  role: {
    ...BY_ROLE,
    "aws:allowedAccountIds": ["123456789012"],
    "aws:assumeRoles": [{ roleArn: "arn:aws:iam::123456789012:role/deploy" }],
    "aws:maxRetries": 7,
  },
  "role-cdn": { ...BY_ROLE, "web-store:cdn": { enabled: true, origin: "open" } },
  "role-internal": { ...BY_ROLE, "web-store:internal": { enabled: true } },
};

interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly purpose: string;
}

describe("DNS outside the stack", () => {
  const folder = mkdtempSync(join(tmpdir(), "dns-"));
  after(() => rmSync(folder, { recursive: true }));
  const fileOf = (stack: string): string => join(folder, `Pulumi.${stack}.yaml`);
  let run: JsonRun;
  const graph = (stack: string): Graph => run.graph("up", stack);
  before(async () => {
    for (const [stack, config] of Object.entries(STACKS))
      writeFileSync(fileOf(stack), stackFile({ ...BASE, ...config }));
    const files = Object.keys(STACKS).flatMap((stack) => ["--config-file", fileOf(stack)]);
    run = await rehearseJson([...files, "--mode", "both", "--policy-pack", "policies"]);
    assert.equal(run.status, 0, run.stderr);
  });

  const recordsOf = (stack: string): readonly DnsRecord[] =>
    graph(stack).stack.outputs["dnsRecords"] as unknown as readonly DnsRecord[];
  const leading = (stack: string, value: string) =>
    ["store.example.com", "www.store.example.com"].map((name) => ({
      name,
      value,
      type: "CNAME (at the top of a zone: ALIAS or ANAME)",
      purpose: "leads customers to the store",
    }));
  /** The records that ACM requires; a name and its wildcard share a record. */
  const validating = (stack: string) => {
    const options = graph(stack).one(CERTIFICATE, "web-store-certificate").outputs[
      "domainValidationOptions"
    ] as Values[];
    return ["store.example.com", "www.store.example.com"].map((domain) => {
      const option = options.find(({ domainName }) => domainName === domain) ?? assert.fail(domain);
      return {
        name: option["resourceRecordName"],
        type: "CNAME",
        value: option["resourceRecordValue"],
        purpose: "validates the certificate and its renewals",
      };
    });
  };

  it("leaves every record to the user, and outputs the records", () => {
    for (const [stack, target] of [
      ["none", graph("none").one("aws:lb/loadBalancer:LoadBalancer").outputs["dnsName"]],
      ["cdn", graph("cdn").one("aws:cloudfront/distribution:Distribution").outputs["domainName"]],
    ] as const) {
      assert.deepEqual(graph(stack).ofType(RECORD), [], stack);
      assert.deepEqual(recordsOf(stack), [...validating(stack), ...leading(stack, text(target))], stack);
    }
  });

  it("has ACM wait for the records as long as the settings say", async () => {
    const validations = graph("cdn").ofType(VALIDATION);
    assert.deepEqual(
      validations.map(({ name }) => name),
      ["web-store-cdn-validation", "web-store-validation"],
    );
    for (const { inputs } of validations) assert.equal("validationRecordFqdns" in inputs, false);
    const state = await stateOf(["none", "--config-file", fileOf("none"), "--mode", "up"]);
    const { customTimeouts } = state.find(({ type }) => type === VALIDATION) ?? assert.fail();
    assert.deepEqual(customTimeouts, { create: 3600 });
  });

  it("keeps names in the VPC of an internal store, and validates in public", () => {
    assert.deepEqual(recordsOf("internal"), validating("internal"));
    assert.deepEqual(
      graph("internal")
        .ofType(RECORD)
        .map(({ name }) => name),
      ["web-store-alias-store.example.com", "web-store-alias-www.store.example.com"],
    );
  });

  it("needs no validation for the user's own certificate", () => {
    assert.deepEqual(
      recordsOf("own"),
      leading("own", text(graph("own").stack.outputs["loadBalancerDnsName"])),
    );
  });

  it("prints each record once in up, and in a preview a note that up will", async () => {
    const told = async (stack: string, mode: string, more: readonly string[] = []): Promise<string[]> => {
      const { stdout } = await rehearseWarm([stack, "--config-file", fileOf(stack), "--mode", mode, ...more]);
      const [, diagnostics = ""] = /\nDiagnostics:\n([^]*?)\n\n/.exec(stdout) ?? [];
      return diagnostics.split(/^ {4}(?=\S)/m).flatMap((one) => (one === "" ? [] : [one.trimEnd()]));
    };
    const wait =
      "The deployment waits up to 60 minutes for the records that validate a new certificate (certificate.validationMinutes).";
    const state = join(folder, "state.json");
    const inUp = await told("none", "up", ["--export", state]);
    // In a later preview, the records are known.
    for (const more of [[], ["--against", state]])
      assert.deepEqual(await told("none", "preview", more), [
        `info: dns is none: your own DNS needs 4 records, which pulumi up prints once AWS has named them. ${wait}`,
      ]);
    assert.deepEqual(inUp, [
      `info: dns is none: your own DNS needs 4 records, which follow once AWS has named them. ${wait}`,
      ...recordsOf("none").map(
        ({ name, type, value, purpose }) =>
          `info: DNS record that ${purpose}:\n      name:  ${name}\n      type:  ${type}\n      value: ${value}`,
      ),
    ]);
    const [first] = await told("own", "up");
    assert.equal(
      first,
      "info: dns is none: your own DNS needs 2 records, which follow once AWS has named them.",
    );
    assert.deepEqual(await told("role", "up"), []);
  });

  it("may be a hosted zone in another account, where the role creates only the records", async () => {
    const provided = async (stack: string): Promise<string[]> => {
      const state = await stateOf([stack, "--config-file", fileOf(stack), "--mode", "up"]);
      const isOther = ({ provider = "" }: (typeof state)[number]): boolean =>
        /::web-store-dns::/.test(provider);
      return state.filter(isOther).map(({ urn }) => urn.split("::").at(-1) ?? "");
    };
    const validates = [
      "web-store-validation-store.example.com",
      "web-store-validation-www.store.example.com",
    ];
    const aliases = (of: string) => [`${of}-store.example.com`, `${of}-www.store.example.com`];
    assert.deepEqual((await provided("role")).sort(), [...aliases("web-store-alias"), ...validates]);
    assert.deepEqual(
      (await provided("role-cdn")).sort(),
      [...aliases("web-store-alias-ipv6"), ...aliases("web-store-alias"), ...validates].sort(),
    );
    // Its aliases are in private zones, which belong to the stack.
    assert.deepEqual((await provided("role-internal")).sort(), validates);
    assert.equal("dnsRecords" in graph("role").stack.outputs, false);
  });

  it("in another account is reached with the stack's AWS configuration and the role, without the stack's account lists", () => {
    const { inputs } = graph("role").one("pulumi:providers:aws", "web-store-dns");
    assert.equal(inputs["region"], "eu-west-1");
    assert.equal(inputs["maxRetries"], "7");
    assert.equal("allowedAccountIds" in inputs, false);
    assert.deepEqual(JSON.parse(text(inputs["assumeRoles"])), [
      { roleArn: "arn:aws:iam::123456789012:role/deploy" },
      { roleArn: ROLE, sessionName: "web-store" },
    ]);
  });

  it("in another account is looked up with the role, and outside AWS it is not looked up", () => {
    const [byRole = [], byItself, none] = lookUps([{ hostedZoneRoleArn: ROLE }, {}, { dns: "none" }]);
    assert.equal(byRole.length, 1);
    assert.match(byRole[0] ?? "", /^aws:route53\/getZone:getZone example\.com .*::web-store-dns::/);
    assert.deepEqual(byItself, ["aws:route53/getZone:getZone example.com "]);
    assert.deepEqual(none, []);
  });

  it("needs no hosted zone name, and may have names in several domains, outside AWS", () => {
    assert.ok(isAccepted({ dns: "none" }), "a zone's name that was there before");
    const { hostedZoneName } = settingsOf({ dns: "none", hostedZoneName: undefined });
    assert.equal(hostedZoneName, undefined);
    const names = '["www.store.example.com", "store.example.org"]';
    assert.ok(isAccepted({ dns: "none", "certificate.subjectAlternativeNames": names }));
  });
});

/**
 * The feature's look-ups in AWS for several settings: function, zone, provider. They run in a separate process, because
 * Pulumi's mocks can't be removed.
 */
function lookUps(all: readonly Record<string, string>[]): string[][] {
  const program = `
    const pulumi = require("@pulumi/pulumi");
    const { build } = require("./stacks/dns");
    let calls;
    const askedWith = async (settings) => {
      calls = [];
      await build(settings, { name: "web-store", tags: {} })?.id.promise();
      return calls;
    };
    (async () => {
      await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
        call: ({ token, inputs, provider = "" }) => {
          calls.push([token, inputs.name, provider].join(" "));
          return { zoneId: "Z1" };
        },
      });
      const asked = [];
      for (const settings of ${JSON.stringify(all.map((changes) => settingsOf(changes)))}) asked.push(await askedWith(settings));
      console.log(JSON.stringify(asked));
    })();`;
  const args = ["--require", PRELOAD, "--require", "tsx/cjs", "--eval", program];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" })) as string[][];
}
