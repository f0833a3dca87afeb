import assert from "node:assert/strict";

import fc from "fast-check";

import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Values } from "../../packages/rehearse/values";
import { planCertificates } from "../../stacks/certificate/plan";
import { type Graph, type JsonRun, rehearseStacks, text } from "../support/rehearse";
import { changesBetween } from "../support/replacement";
import { LEAST } from "../support/stack-file";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const RECORD = "aws:route53/record:Record";
const ON_LISTENER = "aws:lb/listenerCertificate:ListenerCertificate";

const NINE = [..."abcdefghi"].map((letter) => `${letter}.example.com`);
/** Two names, the wildcard of one of them, and that of one of the first nine; and a name that a wildcard covers. */
const OTHERS = ["nl.example.com", "pl.example.com", "*.pl.example.com", "*.a.example.com", "x.a.example.com"];
const names = (...some: readonly string[]): Values => ({
  "web-store:certificate.subjectAlternativeNames": [...some],
});

/** Each stack's names and other settings. */
const STACKS: Readonly<Record<string, Values>> = {
  few: names(...NINE),
  many: {
    ...names(...NINE, ...OTHERS),
    "web-store:alarms": { enabled: true, emailAddresses: ["a@example.com"] },
  },
  elsewhere: { ...names(...NINE, ...OTHERS), "web-store:dns": "none" },
};

describe("A store with more than ten names", () => {
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

  it("has the first nine on the default certificate, and each other name, including wildcards, on its own", () => {
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

  it("presents each certificate by SNI once it is valid, and watches it", () => {
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

  it("has exactly one record for each name that ACM validates", () => {
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

  it("changes no other certificate, and no name's record, if a name after the ninth is added or removed", async () => {
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

describe("The certificate plan", () => {
  const label = fc.stringMatching(/^[a-d]{1,2}$/);
  const someNames = fc.uniqueArray(
    fc
      .tuple(fc.constantFrom("", "*."), fc.array(label, { minLength: 1, maxLength: 2 }))
      .map(([wildcard, labels]) => `${wildcard}${labels.join(".")}.example.com`),
    { maxLength: 40 },
  );
  const plan = (subjectAlternativeNames: readonly string[]) =>
    planCertificates({ certificate: { subjectAlternativeNames } as never });

  it("covers every name once, with at most ten on a certificate", () =>
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

  it("does not change other certificates if a name is added at the end", () =>
    fc.assert(
      fc.property(someNames, someNames, (all, [added]) => {
        fc.pre(added !== undefined && !all.includes(added) && all.length > 9);
        const [before, after] = [plan(all), plan([...all, added])];
        assert.deepEqual(after.first, before.first);
        const itsOwn = added.replace(/^\*\./, "");
        for (const [domain, list] of before.further) {
          // A name that a new wildcard covers needs no certificate any more.
          if (domain === itsOwn || domain.endsWith(`.${itsOwn}`)) continue;
          assert.deepEqual(after.further.get(domain), list);
        }
      }),
    ));
});
