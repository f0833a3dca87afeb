import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import fc from "fast-check";

import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Values } from "../../packages/rehearse/values";
import { planCertificates } from "../../stacks/certificate";
import { type Graph, type JsonRun, rehearseStacks, text } from "../support/rehearse";
import { changesBetween } from "../support/replacement";
import { isAccepted, messageOf } from "../support/settings";
import { LEAST } from "../support/stack-file";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const RECORD = "aws:route53/record:Record";
const ON_LISTENER = "aws:lb/listenerCertificate:ListenerCertificate";

const NINE = [..."abcdefghi"].map((letter) => `${letter}.example.com`);
/** Two names, the wildcard of one, and of one of the first nine; one that a wildcard covers. */
const OTHERS = ["nl.example.com", "pl.example.com", "*.pl.example.com", "*.a.example.com", "x.a.example.com"];
const names = (...some: readonly string[]): Values => ({
  "web-store:certificate.subjectAlternativeNames": [...some],
});

/** By stack: its names, and what else is its own. */
const STACKS: Readonly<Record<string, Values>> = {
  few: names(...NINE),
  many: {
    ...names(...NINE, ...OTHERS),
    "web-store:alarms": { enabled: true, emailAddresses: ["a@example.com"] },
  },
  elsewhere: { ...names(...NINE, ...OTHERS), "web-store:dns": "none" },
};

describe("A store of more than ten names", () => {
  let run: JsonRun;
  const rehearsed = (stacks: Readonly<Record<string, Values>>): Promise<JsonRun> =>
    rehearseStacks(
      Object.fromEntries(
        Object.entries(stacks).map(([stack, { ["web-store:dns"]: dns, ...config }]) => {
          const { "web-store:hostedZoneName": zone, ...others } = { ...LEAST, ...config };
          const itsDns = dns === undefined ? { "web-store:hostedZoneName": zone } : { "web-store:dns": dns };
          return [stack, { ...others, ...itsDns }];
        }),
      ),
    );
  before(async () => {
    run = await rehearsed(STACKS);
  });
  const graph = (stack: string): Graph => run.graph("up", stack);
  const onCertificates = (of: Graph): string[][] =>
    of
      .ofType(CERTIFICATE)
      .map(({ inputs }) => [text(inputs["domainName"]), ...(inputs["subjectAlternativeNames"] as string[])]);

  it("has the first nine on the default certificate, and others on one each, wildcard and all", () => {
    const first = ["store.example.com", ...NINE];
    assert.deepEqual(onCertificates(graph("few")), [first]);
    assert.deepEqual(graph("few").ofType(ON_LISTENER), []);
    assert.deepEqual(onCertificates(graph("many")), [
      first,
      ["*.a.example.com"],
      ["nl.example.com"],
      ["pl.example.com", "*.pl.example.com"],
    ]);
  });

  it("shows each by SNI once it is valid, and watches it", () => {
    const arn = ({ outputs }: JsonResource): string => text(outputs["certificateArn"]);
    const further = graph("many")
      .ofType(VALIDATION)
      .filter(({ name }) => name !== "web-store-validation")
      .map(arn);
    assert.deepEqual(
      graph("many")
        .ofType(ON_LISTENER)
        .map(({ inputs }) => [inputs["certificateArn"], inputs["listenerArn"]]),
      further.map((one) => [one, graph("many").stack.outputs["httpsListenerArn"]]),
    );
    const told = graph("many").stack.outputs["furtherCertificateArns"] as string[];
    assert.deepEqual([...told].sort(), [...further].sort());
    assert.equal(graph("few").stack.outputs["furtherCertificateArns"], undefined);
    const watched = graph("many")
      .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter(({ name }) => name.includes("certificate-expiry"))
      .map(({ inputs }) => JSON.stringify(inputs));
    assert.equal(watched.length, 4);
    for (const one of further)
      assert.ok(
        watched.some((alarm) => alarm.includes(one)),
        one,
      );
  });

  it("has a record for each name that ACM validates, and one only", () => {
    const validating = graph("many")
      .ofType(RECORD)
      .filter(({ name }) => name.startsWith("web-store-validation-"));
    assert.deepEqual(
      validating.map(({ name }) => name.slice("web-store-validation-".length)).sort(),
      ["store.example.com", ...NINE, "nl.example.com", "pl.example.com"].sort(),
    );
    const fqdns = (name: string): unknown =>
      graph("many").one(VALIDATION, `${name}-validation`).inputs["validationRecordFqdns"];
    assert.deepEqual(
      fqdns("web-store-a.example.com"),
      [(fqdns("web-store") as string[])[1]],
      "the wildcard of a.example.com has another record than it",
    );
    const records = graph("elsewhere").stack.outputs["dnsRecords"] as unknown as readonly {
      readonly name: string;
      readonly purpose: string;
    }[];
    const told = records.filter(({ purpose }) => purpose.startsWith("validates")).map(({ name }) => name);
    assert.equal(told.length, 12);
    assert.equal(new Set(told).size, 12);
  });

  it("changes no certificate of others where a name comes or goes behind the ninth, nor any name's record", async () => {
    const changed = await rehearsed({
      longer: names(...NINE, "new.example.com", ...OTHERS),
      shorter: names(...NINE, ...OTHERS.slice(1)),
      moved: names(...NINE.slice(1), ...OTHERS),
    });
    const before = await rehearsed(
      Object.fromEntries(["longer", "shorter", "moved"].map((stack) => [stack, names(...NINE, ...OTHERS)])),
    );
    const changes = (stack: string) => {
      const all = changesBetween(before.graph("up", stack), changed.graph("up", stack));
      const of = (some: readonly (JsonResource | { readonly resource: JsonResource })[]): string[] =>
        some
          .map((one) => ("resource" in one ? one.resource : one))
          .filter(({ type }) => type === CERTIFICATE || type === RECORD)
          .map(({ name }) => name);
      return { created: of(all.created), deleted: of(all.deleted), replaced: of(all.replaced) };
    };
    assert.deepEqual(changes("longer"), {
      created: [
        "web-store-new.example.com-certificate",
        "web-store-validation-new.example.com",
        "web-store-alias-new.example.com",
      ],
      deleted: [],
      replaced: [],
    });
    assert.deepEqual(changes("shorter"), {
      created: [],
      deleted: [
        "web-store-nl.example.com-certificate",
        "web-store-validation-nl.example.com",
        "web-store-alias-nl.example.com",
      ],
      replaced: [],
    });
    const moved = changes("moved");
    assert.deepEqual(moved.replaced, ["web-store-certificate"]);
    assert.deepEqual(moved.deleted, [
      "web-store-nl.example.com-certificate",
      "web-store-alias-a.example.com",
    ]);
  });
});

describe("The plan of certificates", () => {
  const label = fc.stringMatching(/^[a-d]{1,2}$/);
  const someNames = fc.uniqueArray(
    fc
      .tuple(fc.constantFrom("", "*."), fc.array(label, { minLength: 1, maxLength: 2 }))
      .map(([wildcard, labels]) => `${wildcard}${labels.join(".")}.example.com`),
    { maxLength: 40 },
  );
  const plan = (subjectAlternativeNames: readonly string[]) =>
    planCertificates({ certificate: { subjectAlternativeNames } as never });

  it("covers every name once, with ten on a certificate at most", () =>
    fc.assert(
      fc.property(someNames, (all) => {
        const { first, further } = plan(all);
        const lists = [first, ...further.values()];
        const on = lists.flat();
        assert.equal(new Set(on).size, on.length);
        for (const name of all) {
          const wildcard = name.replace(/^[^.]+/, "*");
          assert.ok(on.includes(name) || on.includes(wildcard), `${name} is on none`);
        }
        assert.ok(first.length <= 9);
        for (const list of further.values()) assert.ok(list.length <= 2);
      }),
    ));

  it("leaves the certificates of others as they are where a name is added at the end", () =>
    fc.assert(
      fc.property(someNames, someNames, (all, [added]) => {
        fc.pre(added !== undefined && !all.includes(added) && all.length > 9);
        const [before, after] = [plan(all), plan([...all, added])];
        assert.deepEqual(after.first, before.first);
        const itsOwn = added.replace(/^\*\./, "");
        for (const [domain, list] of before.further) {
          // What a new wildcard covers needs none any more.
          if (domain === itsOwn || domain.endsWith(`.${itsOwn}`)) continue;
          assert.deepEqual(after.further.get(domain), list);
        }
      }),
    ));
});

describe("Too many names", () => {
  const alternatives = (some: readonly string[]): Record<string, string> => ({
    "certificate.subjectAlternativeNames": JSON.stringify(some),
  });
  const numbered = (count: number, under = "example.com"): string[] =>
    Array.from({ length: count }, (_, index) => `n${index}.${under}`);

  it("are more than a load balancer's certificates cover, unless wildcards do", () => {
    assert.ok(isAccepted(alternatives(numbered(34))));
    assert.ok(isAccepted(alternatives(["*.shop.example.com", ...numbered(99, "shop.example.com")])));
    assert.equal(
      messageOf(alternatives(numbered(36)))
        .split("\n")
        .slice(2)
        .filter((line) => !line.includes("got:"))
        .join("\n"),
      [
        "web-store:certificate.subjectAlternativeNames",
        "  allowed: up to 9 names, and 25 that no wildcard covers: each has a certificate, and a load balancer takes no more; these are 27",
        "  remedy:  put a wildcard such as *.example.com among the names, or bring a certificate for all of them by certificate.arn",
      ].join("\n"),
    );
    assert.match(messageOf(alternatives(numbered(101))), /allowed: up to 100 different DNS names/);
  });

  it("are as many as you like, up to 100, on a certificate of yours", () => {
    const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
    assert.ok(isAccepted({ ...alternatives(numbered(100)), "certificate.arn": arn }));
  });

  it("are any behind the ninth for CloudFront, which shows one certificate", () => {
    const cdn = (value: object) => ({ cdn: JSON.stringify({ enabled: true, ...value }) });
    const arn = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
    assert.match(
      messageOf({ ...alternatives(numbered(11)), ...cdn({}) }),
      /allowed: up to 9 names and what wildcards among them cover, where cdn\.enabled is true: .* this makes 3\n {2}remedy: {2}remove n9\.example\.com, n10\.example\.com, or set cdn\.certificateArn/,
    );
    assert.match(
      messageOf({
        ...alternatives(["*.x.example.com", ...numbered(8), "a.x.example.com", "last.example.com"]),
        ...cdn({}),
      }),
      /this makes 2\n {2}remedy: {2}remove last\.example\.com, or/,
    );
    assert.match(
      messageOf({ ...alternatives(numbered(100)), ...cdn({ certificateArn: arn }) }),
      /allowed: up to 99 names beside domainName, where cdn\.enabled is true: CloudFront serves 100/,
    );
    const home = { "certificate.arn": arn.replace("us-east-1", "eu-west-1") };
    assert.ok(isAccepted({ ...alternatives(numbered(99)), ...home, ...cdn({ certificateArn: arn }) }));
    assert.ok(isAccepted({ ...alternatives(numbered(11)), ...cdn({ certificateArn: arn }) }));
    assert.ok(isAccepted({ ...alternatives(numbered(9)), ...cdn({}) }));
  });

  it("are those that can't be the first of a certificate, behind the ninth", () => {
    const long = `${"l".repeat(60)}.example.com`;
    assert.ok(isAccepted(alternatives([long, ...numbered(9)])));
    assert.match(
      messageOf(alternatives([...numbered(9), long])),
      /allowed: names of up to 64 characters behind the first 9, as each begins a certificate\n {2}remedy: {2}put l+\.example\.com among the first 9/,
    );
  });

  it("are more than the proxies' user data takes, on a certificate of yours", () => {
    const label = (text: string): string =>
      createHash("sha512")
        .update(text)
        .digest("base64")
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "x")
        .slice(0, 60);
    const long = numbered(100).map(
      (name) => `${[1, 2, 3].map((part) => label(name + part)).join(".")}.${name}`,
    );
    const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
    const all = { ...alternatives(long), "certificate.arn": arn };
    const haproxy = { loadBalancing: JSON.stringify({ engine: "haproxy" }) };
    assert.ok(isAccepted(all));
    assert.match(
      messageOf({ ...all, ...haproxy }),
      /allowed: fewer or shorter names, where proxies answer .* 16384 bytes .* compressed/,
    );
    assert.ok(isAccepted({ ...all, ...haproxy, proxy: JSON.stringify({ onlyOwnHosts: false }) }));
    assert.ok(isAccepted({ ...alternatives(numbered(34)), ...haproxy }));
  });

  it("are none twice", () => {
    assert.match(messageOf(alternatives([...numbered(12), "n3.example.com"])), /different DNS names/);
    assert.match(
      messageOf(alternatives([...numbered(12), "store.example.com"])),
      /names other than domainName/,
    );
  });
});
