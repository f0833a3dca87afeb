import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { parse } from "yaml";

import { usableAddresses, planSubnets } from "../../components/cidr";
import { definitions, type Definition, type Settings } from "../../stacks/definitions";
import { readSettings } from "../../stacks/settings";
import { describeFaults, validate, type Configuration } from "../../stacks/validation";

/** The least that a stack must set. */
const required: Configuration = {
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:availabilityZones": '["eu-west-1a","eu-west-1b"]',
};

/** The required settings with changes; undefined takes one away. Keys without a namespace are the project's. */
function configured(changes: Record<string, string | undefined>): Configuration {
  const all: Record<string, string | undefined> = { ...required };
  for (const [key, value] of Object.entries(changes))
    all[key.includes(":") ? key : `web-store:${key}`] = value;
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function settingsOf(changes: Record<string, string | undefined> = {}): Settings {
  const result = validate("web-store", configured(changes));
  return "settings" in result ? result.settings : assert.fail(describeFaults("dev", result.faults));
}

function messageOf(changes: Record<string, string | undefined>): string {
  const result = validate("web-store", configured(changes));
  return "faults" in result
    ? describeFaults("dev", result.faults)
    : assert.fail("The settings were accepted.");
}

const isAccepted = (changes: Record<string, string>): boolean =>
  "settings" in validate("web-store", configured(changes));

describe("settings", () => {
  it("take the documented defaults for what a stack does not set", () => {
    assert.deepEqual(settingsOf(), {
      region: "eu-west-1",
      domainName: "store.example.com",
      hostedZoneName: "example.com",
      subjectAlternativeNames: [],
      availabilityZones: ["eu-west-1a", "eu-west-1b"],
      vpcCidr: "10.0.0.0/16",
      natGateways: "single",
      tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      healthCheckPath: "/healthz",
      deregistrationDelaySeconds: 30,
      deletionProtection: true,
      instanceType: "t4g.small",
      minSize: 2,
      maxSize: 4,
      bootSeconds: 120,
      cpuTargetPercent: 50,
      requestsPerTargetPerMinute: 1000,
    });
  });

  it("have the types of their values, whatever the text they come as", () => {
    const settings = settingsOf({ minSize: "1", deletionProtection: "false", natGateways: "perZone" });
    assert.equal(settings.minSize, 1);
    assert.equal(settings.deletionProtection, false);
    assert.equal(settings.natGateways, "perZone");
  });

  it("are frozen, lists too", () => {
    for (const settings of [settingsOf(), settingsOf({ subjectAlternativeNames: '["www.example.com"]' })]) {
      assert(Object.isFrozen(settings));
      for (const [key, value] of Object.entries(settings)) assert(Object.isFrozen(value), key);
    }
  });

  it("accept the certificate for the zone itself, with its wildcard", () => {
    const settings = settingsOf({ domainName: "example.com", subjectAlternativeNames: '["*.example.com"]' });
    assert.deepEqual(settings.subjectAlternativeNames, ["*.example.com"]);
  });

  it("ignore the configuration of others", () => {
    assert.deepEqual(settingsOf({ "aws:profile": "shop", "other:minsize": "x" }), settingsOf());
  });
});

describe("bad settings", () => {
  const table: { title: string; set: Record<string, string | undefined>; fault: string[] }[] = [
    {
      title: "a domain name that is none",
      set: { domainName: "https://store.example.com" },
      fault: [
        "web-store:domainName",
        "  got:     https://store.example.com",
        "  allowed: a DNS name in lower case, 64 characters at most",
        "  remedy:  for example: pulumi config set web-store:domainName store.example.com",
      ],
    },
    {
      title: "a missing domain name",
      set: { domainName: undefined },
      fault: [
        "web-store:domainName",
        "  got:     nothing",
        "  allowed: a DNS name in lower case, 64 characters at most",
        "  remedy:  for example: pulumi config set web-store:domainName store.example.com",
      ],
    },
    {
      title: "a key without a value in the stack file, which Pulumi hands over as an empty text",
      set: { hostedZoneName: "" },
      fault: [
        "web-store:hostedZoneName",
        "  got:     an empty text",
        "  allowed: a DNS name in lower case",
        "  remedy:  for example: pulumi config set web-store:hostedZoneName example.com",
      ],
    },
    {
      title: "a domain name longer than a certificate's common name",
      set: { domainName: `${"a".repeat(60)}.example.com` },
      fault: [
        "web-store:domainName",
        `  got:     ${"a".repeat(60)}.example.com`,
        "  allowed: a DNS name in lower case, 64 characters at most",
        "  remedy:  for example: pulumi config set web-store:domainName store.example.com",
      ],
    },
    {
      title: "a domain name outside the hosted zone",
      set: { domainName: "store.example.org" },
      fault: [
        "web-store:domainName",
        "  got:     store.example.org",
        "  allowed: example.com or a name that ends in .example.com, as hostedZoneName says",
        "  remedy:  choose a name in example.com, or set hostedZoneName to the zone that holds store.example.org",
      ],
    },
    {
      title: "a domain name that only ends in the same letters as the hosted zone",
      set: { domainName: "store.notexample.com" },
      fault: [
        "web-store:domainName",
        "  got:     store.notexample.com",
        "  allowed: example.com or a name that ends in .example.com, as hostedZoneName says",
        "  remedy:  choose a name in example.com, or set hostedZoneName to the zone that holds store.notexample.com",
      ],
    },
    {
      title: "alternative names that are no list",
      set: { subjectAlternativeNames: "www.example.com" },
      fault: [
        "web-store:subjectAlternativeNames",
        "  got:     www.example.com",
        "  allowed: up to 9 different DNS names in lower case, with or without a leading *.",
        "  remedy:  for example, in the stack file: web-store:subjectAlternativeNames: [www.store.example.com]",
      ],
    },
    {
      title: "alternative names outside the hosted zone",
      set: { subjectAlternativeNames: '["www.example.com","*.example.org"]' },
      fault: [
        "web-store:subjectAlternativeNames",
        '  got:     ["www.example.com","*.example.org"]',
        "  allowed: names that end in .example.com, as hostedZoneName says: the certificate is validated by records there",
        "  remedy:  remove *.example.org",
      ],
    },
    {
      title: "an alternative name that repeats the domain name",
      set: { subjectAlternativeNames: '["store.example.com"]' },
      fault: [
        "web-store:subjectAlternativeNames",
        '  got:     ["store.example.com"]',
        "  allowed: names other than domainName, store.example.com",
        "  remedy:  remove store.example.com",
      ],
    },
    {
      title: "fewer zones than a load balancer needs",
      set: { availabilityZones: '["eu-west-1a"]' },
      fault: [
        "web-store:availabilityZones",
        '  got:     ["eu-west-1a"]',
        "  allowed: 2 to 4 different zone names",
        "  remedy:  for example, in the stack file: web-store:availabilityZones: [eu-west-1a, eu-west-1b]",
      ],
    },
    {
      title: "the same zone twice",
      set: { availabilityZones: '["eu-west-1a","eu-west-1a"]' },
      fault: [
        "web-store:availabilityZones",
        '  got:     ["eu-west-1a","eu-west-1a"]',
        "  allowed: 2 to 4 different zone names",
        "  remedy:  for example, in the stack file: web-store:availabilityZones: [eu-west-1a, eu-west-1b]",
      ],
    },
    {
      title: "zones outside the Region",
      set: { availabilityZones: '["eu-west-1a","us-east-1b","eu-west-1-lon-1a"]' },
      fault: [
        "web-store:availabilityZones",
        '  got:     ["eu-west-1a","us-east-1b","eu-west-1-lon-1a"]',
        "  allowed: zones of aws:region, such as eu-west-1a: a load balancer spans one Region, and no Local Zone",
        "  remedy:  replace us-east-1b, eu-west-1-lon-1a, or change aws:region",
      ],
    },
    {
      title: "no Region",
      set: { "aws:region": undefined },
      fault: [
        "aws:region",
        "  got:     nothing",
        "  allowed: the name of an AWS Region",
        "  remedy:  for example: pulumi config set aws:region eu-west-1",
      ],
    },
    {
      title: "a range of public addresses",
      set: { vpcCidr: "8.8.0.0/16" },
      fault: [
        "web-store:vpcCidr",
        "  got:     8.8.0.0/16",
        "  allowed: a range from /16 to /23 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, without bits set behind the prefix",
        "  remedy:  for example: pulumi config set web-store:vpcCidr 10.0.0.0/16",
      ],
    },
    {
      title: "a range too small for its subnets",
      set: { vpcCidr: "10.0.0.0/24" },
      fault: [
        "web-store:vpcCidr",
        "  got:     10.0.0.0/24",
        "  allowed: a range from /16 to /23 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, without bits set behind the prefix",
        "  remedy:  for example: pulumi config set web-store:vpcCidr 10.0.0.0/16",
      ],
    },
    {
      title: "a range too small for its instances",
      set: { vpcCidr: "10.0.0.0/23", maxSize: "100" },
      fault: [
        "web-store:vpcCidr",
        "  got:     10.0.0.0/23",
        "  allowed: a range whose 2 private subnets hold 150 addresses, one and a half times maxSize",
        "  remedy:  choose a larger range (this one holds 118), or lower maxSize, 100",
      ],
    },
    {
      title: "a NAT strategy under awsx's name",
      set: { natGateways: "OnePerAz" },
      fault: [
        "web-store:natGateways",
        "  got:     OnePerAz",
        "  allowed: none, single, perZone",
        "  remedy:  for example: pulumi config set web-store:natGateways single",
      ],
    },
    {
      title: "a TLS policy that lets TLS 1.0 in",
      set: { tlsPolicy: "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09" },
      fault: [
        "web-store:tlsPolicy",
        "  got:     ELBSecurityPolicy-TLS13-1-0-PQ-2025-09",
        "  allowed: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09, " +
          "ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04, " +
          "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09, " +
          "ELBSecurityPolicy-TLS13-1-3-2021-06, ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
        "  remedy:  for example: pulumi config set web-store:tlsPolicy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      ],
    },
    {
      title: "a health check that is no path",
      set: { healthCheckPath: "healthz" },
      fault: [
        "web-store:healthCheckPath",
        "  got:     healthz",
        "  allowed: a path from / on, of letters, digits and - . _ ~ /, 1,024 characters at most",
        "  remedy:  for example: pulumi config set web-store:healthCheckPath /healthz",
      ],
    },
    {
      title: "an instance type that runs no Linux",
      set: { instanceType: "mac2.metal" },
      fault: [
        "web-store:instanceType",
        "  got:     mac2.metal",
        "  allowed: an EC2 instance type that runs Linux",
        "  remedy:  for example: pulumi config set web-store:instanceType t4g.small",
      ],
    },
    {
      title: "a number that is none",
      set: { maxSize: "many" },
      fault: [
        "web-store:maxSize",
        "  got:     many",
        "  allowed: a whole number from 1 to 1000",
        "  remedy:  for example: pulumi config set web-store:maxSize 4",
      ],
    },
    {
      title: "a fraction",
      set: { cpuTargetPercent: "49.5" },
      fault: [
        "web-store:cpuTargetPercent",
        "  got:     49.5",
        "  allowed: a whole number from 10 to 90",
        "  remedy:  for example: pulumi config set web-store:cpuTargetPercent 50",
      ],
    },
    {
      title: "a number out of range",
      set: { deregistrationDelaySeconds: "3601" },
      fault: [
        "web-store:deregistrationDelaySeconds",
        "  got:     3601",
        "  allowed: a whole number from 0 to 3600",
        "  remedy:  for example: pulumi config set web-store:deregistrationDelaySeconds 30",
      ],
    },
    {
      title: "a yes that YAML no longer reads as true",
      set: { deletionProtection: "yes" },
      fault: [
        "web-store:deletionProtection",
        "  got:     yes",
        "  allowed: true, false",
        "  remedy:  for example: pulumi config set web-store:deletionProtection true",
      ],
    },
    {
      title: "a least size above the greatest",
      set: { minSize: "9", maxSize: "3" },
      fault: [
        "web-store:minSize",
        "  got:     9",
        "  allowed: at most maxSize, 3",
        "  remedy:  lower minSize to 3, or raise maxSize to 9",
      ],
    },
    {
      title: "a default least size above the greatest",
      set: { maxSize: "1" },
      fault: [
        "web-store:minSize",
        "  got:     2 (default)",
        "  allowed: at most maxSize, 1",
        "  remedy:  lower minSize to 1, or raise maxSize to 2",
      ],
    },
    {
      title: "a mistyped key, whose value may be a secret",
      set: { minsize: "hunter2" },
      fault: [
        "web-store:minsize",
        "  got:     a key that no setting has",
        "  allowed: web-store:minSize",
        "  remedy:  did you mean minSize? Rename it in the stack file, or: pulumi config rm web-store:minsize",
      ],
    },
    {
      title: "a key like no other, though every object has it",
      set: { constructor: "x" },
      fault: [
        "web-store:constructor",
        "  got:     a key that no setting has",
        `  allowed: ${Object.keys(definitions).join(", ")}`,
        "  remedy:  pulumi config rm web-store:constructor",
      ],
    },
  ];

  for (const { title, set, fault } of table) {
    it(`are refused: ${title}`, () => {
      const heading = "Stack dev has 1 setting to correct. Nothing was created or changed.";
      assert.equal(messageOf(set), `${heading}\n\n${fault.join("\n")}`);
    });
  }

  it("are told all at once", () => {
    const message = messageOf({
      domainName: undefined,
      natGateways: "two",
      minSize: "9",
      minsize: "1",
      bootSeconds: "",
    });
    assert.match(message, /^Stack dev has 5 settings to correct\. Nothing was created or changed\.\n/);
    assert.deepEqual(message.match(/^web-store:\w+/gm), [
      "web-store:domainName",
      "web-store:natGateways",
      "web-store:bootSeconds",
      "web-store:minSize",
      "web-store:minsize",
    ]);
  });

  it("are each told once: a setting that is wrong by itself takes part in no joint rule", () => {
    assert.match(messageOf({ maxSize: "0", minSize: "9" }), /^Stack dev has 1 setting /);
    assert.match(messageOf({ "aws:region": "Ireland" }), /^Stack dev has 1 setting /);
  });
});

describe("joint rules", () => {
  const sizes = fc.integer({ min: 1, max: 1000 });

  it("accept sizes in order, and no others", () => {
    fc.assert(
      fc.property(sizes, sizes, (minSize, maxSize) => {
        assert.equal(isAccepted({ minSize: String(minSize), maxSize: String(maxSize) }), minSize <= maxSize);
      }),
    );
  });

  it("accept a range in which a refreshing fleet finds its addresses, and no others", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 23 }),
        fc.integer({ min: 2, max: 4 }),
        sizes,
        (prefix, zones, maxSize) => {
          const vpcCidr = `172.16.0.0/${prefix}`;
          const availabilityZones = JSON.stringify(
            ["a", "b", "c", "d"].slice(0, zones).map((letter) => `eu-west-1${letter}`),
          );
          const usable = zones * usableAddresses(planSubnets(vpcCidr).privatePrefix);
          const accepted = isAccepted({ vpcCidr, availabilityZones, minSize: "1", maxSize: String(maxSize) });
          assert.equal(accepted, Math.ceil(1.5 * maxSize) <= usable);
        },
      ),
    );
  });
});

describe("any configuration", () => {
  it("yields settings or faults with every line filled, and never throws", () => {
    const keys = fc.oneof(fc.constantFrom("aws:region", ...Object.keys(definitions)), fc.string());
    fc.assert(
      fc.property(
        fc.dictionary(keys, fc.oneof(fc.string(), fc.json(), fc.integer().map(String))),
        (changes) => {
          const result = validate("web-store", configured(changes));
          if ("settings" in result) return;
          assert(result.faults.length > 0);
          for (const { key, allowed, remedy } of result.faults)
            assert(key !== "" && allowed !== "" && remedy !== "");
        },
      ),
    );
  });
});

describe("readSettings", () => {
  const before = pulumi.runtime.allConfig();
  afterEach(() => pulumi.runtime.setAllConfig(before));

  /** What a test run's project and stack are called. */
  const project = pulumi.getProject();
  const inProject = (configuration: Configuration): Record<string, string> =>
    Object.fromEntries(
      Object.entries(configuration).map(([key, value]) => [key.replace(/^web-store:/, `${project}:`), value]),
    );

  it("reads the configuration of the stack", () => {
    pulumi.runtime.setAllConfig(inProject(required));
    assert.deepEqual(readSettings(), settingsOf());
  });

  it("throws the error that Pulumi shows without a stack", () => {
    pulumi.runtime.setAllConfig(inProject(configured({ minSize: "9", maxSize: "3" })));
    assert.throws(readSettings, (error) => {
      assert(pulumi.RunError.isInstance(error));
      assert.match(error.message, /has 1 setting to correct[^]*minSize\n {2}got: {5}9\n/);
      return true;
    });
  });
});

describe("the stack files", () => {
  const root = join(__dirname, "..", "..");
  const configIn = (file: string): Record<string, unknown> => {
    const content = parse(readFileSync(join(root, file), "utf8")) as { config: Record<string, unknown> };
    return content.config;
  };
  const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
  const all = Object.entries<Definition<unknown>>(definitions);

  it("declare in Pulumi.yaml exactly the settings that the program defines", () => {
    const declared = all.map(([key, definition]) => [
      key,
      {
        type: definition.type,
        ...(definition.type === "array" ? { items: { type: "string" } } : {}),
        ...(definition.default === undefined ? {} : { default: definition.default }),
        description: definition.description,
      },
    ]);
    assert.deepEqual(configIn("Pulumi.yaml"), Object.fromEntries(declared));
  });

  it("give a default that the setting itself would allow", () => {
    for (const [key, definition] of all) {
      if (definition.default === undefined) continue;
      assert.deepEqual(definition.parse(asText(definition.default)), definition.default, key);
    }
  });

  for (const stack of ["dev", "prod"]) {
    it(`are valid: Pulumi.${stack}.yaml`, () => {
      const configuration = Object.entries(configIn(`Pulumi.${stack}.yaml`)).map(
        ([key, value]) => [key, asText(value)] as const,
      );
      const result = validate("web-store", Object.fromEntries(configuration));
      if ("faults" in result) assert.fail(describeFaults(stack, result.faults));
    });
  }
});
