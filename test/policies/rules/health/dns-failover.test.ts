import { HEALTH_CHECK, RECORD } from "../../../../policies/resources";
import { type TestResource, UNKNOWN, urnOf } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const check = (props: Props = {}): TestResource => ({
  type: HEALTH_CHECK[0],
  name: "outside",
  props: { type: "HTTPS", fqdn: "store.example.com", ...props },
});
const record = (type: unknown, props: Props = {}): TestResource => ({
  type: RECORD[0],
  name: "store",
  props: { type: "A", failoverRoutingPolicies: [{ type }], ...props },
  propertyDependencies: "healthCheckId" in props ? { healthCheckId: [urnOf(check())] } : {},
});
const alias = (evaluateTargetHealth: unknown) => ({ aliases: [{ name: UNKNOWN, evaluateTargetHealth }] });
const CHECKED = { healthCheckId: UNKNOWN };

describe("dns-failover", () => {
  const suite = new RuleSuite("dns-failover");
  const refused = (says: string) => [["store", `It is the primary record of a failover, ${says}`]] as const;
  const OFF = refused(
    'and its health check "outside" is disabled, so it always counts as healthy; it must be enabled',
  );
  const NEITHER = refused(
    "evaluateTargetHealth is false and healthCheckId is not set, so it always counts as healthy; one of them must be set",
  );
  const off = check({ disabled: true });
  suite.checkStacks([
    { title: "refuses a disabled health check", stack: [off, record("PRIMARY", CHECKED)], says: OFF },
    {
      title: "refuses a disabled health check beside an alias that does not evaluate its target",
      stack: [off, record("PRIMARY", { ...CHECKED, ...alias(false) })],
      says: OFF,
    },
    {
      title: "refuses an alias without a health check that does not evaluate its target",
      stack: [record("PRIMARY", alias(false))],
      says: NEITHER,
    },
    {
      title: "refuses a calculated health check for which no child has to be healthy",
      stack: [check({ type: "CALCULATED", childHealthThreshold: 0 }), record("PRIMARY", CHECKED)],
      says: refused(
        'and childHealthThreshold of its health check "outside" is 0, so it always counts as healthy; it must be at least 1',
      ),
    },
    ...[
      { childHealthThreshold: 1 },
      { childHealthThreshold: UNKNOWN },
      { childHealthThreshold: 0, invertHealthcheck: true },
    ].map((props) => ({
      title: `passes a calculated health check: ${JSON.stringify(props)}`,
      stack: [check({ type: "CALCULATED", ...props }), record("PRIMARY", CHECKED)],
      says: [],
    })),
    {
      title: "passes a health check that is enabled, unknown, or inverted for manual failover",
      stack: [{}, { disabled: UNKNOWN }, { disabled: true, invertHealthcheck: true }].flatMap(
        (props, index) => [
          { ...check(props), name: `check-${index}` },
          {
            ...record("PRIMARY", CHECKED),
            propertyDependencies: { healthCheckId: [urnOf({ ...check(), name: `check-${index}` })] },
          },
        ],
      ),
      says: [],
    },
    {
      title: "passes an alias that evaluates its target, and an unknown alias",
      stack: [true, UNKNOWN].flatMap((asked) => [off, record("PRIMARY", { ...CHECKED, ...alias(asked) })]),
      says: [],
    },
    {
      title: "passes another program's health check, and records that relations refuses",
      stack: [{ ...record("PRIMARY", CHECKED), propertyDependencies: {} }, record("PRIMARY")],
      says: [],
    },
    {
      title: "passes records that are not primary, or may not be",
      stack: ["SECONDARY", UNKNOWN].flatMap((type) => [off, record(type, { ...CHECKED, ...alias(false) })]),
      says: [],
    },
  ]);
});
