import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from "../../../../policies/resources";
import { packForSuite, secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Case } from "../../../support/rule-suite";

const LOGS = { enabled: true, bucket: UNKNOWN, prefix: "web" };

describe("access-logs and connection-logs", () => {
  const pack = packForSuite({ directory: "policies" });

  /** The cases in which both rules agree about the logs of an Application Load Balancer. */
  const common = (property: string): readonly Case[] => [
    { title: "passes logs into a bucket that is not known yet", props: { [property]: LOGS }, says: [] },
    {
      title: "passes logs into a known bucket",
      props: { [property]: { ...LOGS, bucket: "logs" } },
      says: [],
    },
    {
      title: "passes a load balancer of type application",
      props: { loadBalancerType: "application", [property]: LOGS },
      says: [],
    },
    { title: "passes secrets", props: { [property]: secret({ ...LOGS, bucket: "logs" }) }, says: [] },
    { title: "ignores Gateway Load Balancers", props: { loadBalancerType: "gateway" }, says: [] },
    {
      title: "advises against absent logs",
      props: {},
      says: [
        new RegExp(`${property}\\.enabled is not set, which means off[^]*${property}\\.bucket is not set`),
      ],
    },
    { title: "advises against null logs", props: { [property]: null }, says: ["enabled is not set"] },
    {
      title: "advises against logs switched off",
      props: { [property]: { ...LOGS, enabled: false } },
      says: [`${property}.enabled is false; it must be true.`],
    },
    {
      title: "advises against logs not switched on",
      props: { [property]: { bucket: "logs" } },
      says: ["which means off"],
    },
    {
      title: "advises against logs that may be off",
      props: { [property]: { ...LOGS, enabled: UNKNOWN } },
      says: ["enabled is not known"],
    },
    { title: "advises against unknown logs", props: { [property]: UNKNOWN }, says: ["enabled is not known"] },
    {
      title: "advises against an empty bucket",
      props: { [property]: { ...LOGS, bucket: "" } },
      says: ["bucket is an empty string; it must be the name of a bucket."],
    },
    {
      title: "advises against a bucket that is not a text",
      props: { [property]: { ...LOGS, bucket: ["logs"] } },
      says: ["bucket is a list"],
    },
    {
      title: "advises against logs of the wrong type",
      props: { [property]: [LOGS] },
      says: ["enabled is not set"],
    },
    {
      title: "advises on an unknown type of balancer",
      props: { loadBalancerType: UNKNOWN },
      says: ["not set"],
    },
  ];

  describe("access-logs", () => {
    const suite = new RuleSuite("access-logs", { pack });
    suite.check(LOAD_BALANCER[0], [
      ...common("accessLogs"),
      {
        title: "advises on Network Load Balancers",
        props: { loadBalancerType: "network" },
        says: ["accessLogs.enabled"],
      },
    ]);
    suite.check(CLASSIC_LOAD_BALANCER[0], [
      {
        title: "passes a classic balancer with a bucket",
        props: { accessLogs: { bucket: UNKNOWN } },
        says: [],
      },
      {
        title: "advises against a classic balancer with logs switched off",
        props: { accessLogs: { ...LOGS, enabled: false } },
        says: ["accessLogs.enabled is false"],
      },
      {
        title: "advises against a classic balancer without logs",
        props: {},
        says: ["accessLogs.bucket is not set"],
      },
    ]);
    suite.checkTypes([...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER], {});
    suite.checkSilence(LOAD_BALANCER[0], { accessLogs: { enabled: secret("hunter2"), bucket: "hunter2" } });
  });

  describe("connection-logs", () => {
    const suite = new RuleSuite("connection-logs", { pack });
    suite.check(LOAD_BALANCER[0], [
      ...common("connectionLogs"),
      { title: "ignores Network Load Balancers", props: { loadBalancerType: "network" }, says: [] },
    ]);
    suite.checkTypes(LOAD_BALANCER, {});
    suite.checkSilence(LOAD_BALANCER[0], { connectionLogs: { enabled: secret("hunter2") } });
  });
});
