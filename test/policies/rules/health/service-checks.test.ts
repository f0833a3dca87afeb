import {
  APP_RUNNER_SERVICE,
  LATTICE_TARGET_GROUP,
  LIGHTSAIL_CONTAINERS,
} from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const runner = (healthCheckConfiguration: unknown = null) => ({ healthCheckConfiguration });
const containers = (healthCheck: unknown) => ({ publicEndpoint: { containerName: "shop", healthCheck } });
const lattice = (healthCheck: unknown, type: unknown = "INSTANCE") => ({
  type,
  config: { port: 443, protocol: "HTTPS", healthCheck },
});

describe("target-group-health", () => {
  const suite = new RuleSuite("target-group-health");

  describe("on a service of App Runner", () => {
    suite.checkPartsOfSentences(APP_RUNNER_SERVICE[0], [
      { title: "passes a page", props: runner({ protocol: "HTTP", path: "/healthz" }), says: [] },
      { title: "passes a secret page", props: runner({ protocol: "HTTP", path: secret("/x") }), says: [] },
      { title: "passes the first page", props: runner({ protocol: "HTTP", path: "/" }), says: [] },
      {
        title: "refuses an open port",
        props: runner({ protocol: "TCP" }),
        says: ['healthCheckConfiguration.protocol is "TCP"; it must be a literal: "HTTP"'],
      },
      {
        title: "refuses an open port in lower case, whatever the page",
        props: runner({ protocol: "tcp", path: "/healthz" }),
        says: ['healthCheckConfiguration.protocol is "tcp"'],
      },
      {
        title: "refuses an unknown protocol and page",
        props: runner({ protocol: UNKNOWN, path: UNKNOWN }),
        says: [
          "healthCheckConfiguration.protocol is not known",
          "healthCheckConfiguration.path is not known",
        ],
      },
      {
        title: "refuses a path without a slash",
        props: runner({ protocol: "HTTP", path: "healthz" }),
        says: ["healthCheckConfiguration.path is another string"],
      },
      {
        title: "refuses an unknown check",
        props: runner(UNKNOWN),
        says: ["healthCheckConfiguration is not known before deployment; it must be written out"],
      },
      {
        title: "advises against AWS's default check",
        props: runner(),
        says: [
          "healthCheckConfiguration.protocol is not set, which means TCP: an open port is healthy; it must be",
          'healthCheckConfiguration.path is not set, which means "/"',
        ],
        level: "advisory",
      },
      {
        title: "advises against the default protocol, also if it is null",
        props: runner({ protocol: null, path: "/healthz" }),
        says: ["healthCheckConfiguration.protocol is not set"],
        level: "advisory",
      },
      {
        title: "advises against the default page",
        props: runner({ protocol: "HTTP" }),
        says: ["healthCheckConfiguration.path is not set"],
        level: "advisory",
      },
    ]);
    suite.checkSilence(APP_RUNNER_SERVICE[0], runner({ protocol: secret("hunter2"), path: "/" }));
  });

  describe("on containers of Lightsail", () => {
    suite.checkPartsOfSentences(LIGHTSAIL_CONTAINERS[0], [
      { title: "passes a page", props: containers({ path: "/healthz", successCodes: "200" }), says: [] },
      {
        title: "passes several codes",
        props: containers({ path: "/", successCodes: "200-299,301" }),
        says: [],
      },
      { title: "passes containers without a public endpoint", props: {}, says: [] },
      {
        title: "refuses errors",
        props: containers({ path: "/healthz", successCodes: "200-499" }),
        says: [
          'publicEndpoint.healthCheck.successCodes is "200-499"; it must be literal codes from 200 to 399',
        ],
      },
      {
        title: "refuses unknown codes",
        props: containers({ path: "/healthz", successCodes: UNKNOWN }),
        says: ["publicEndpoint.healthCheck.successCodes is not known"],
      },
      {
        title: "refuses an unknown endpoint",
        props: { publicEndpoint: UNKNOWN },
        says: ["publicEndpoint.healthCheck is not known before deployment"],
      },
      {
        title: "advises against AWS's default codes and page",
        props: containers({}),
        says: [
          'publicEndpoint.healthCheck.path is not set, which means "/"',
          "publicEndpoint.healthCheck.successCodes is not set, which means 200-499, with errors",
        ],
        level: "advisory",
      },
    ]);
  });

  describe("on a target group of VPC Lattice", () => {
    const page = { path: "/healthz" };
    suite.checkPartsOfSentences(LATTICE_TARGET_GROUP[0], [
      { title: "passes a page", props: lattice(page), says: [] },
      {
        title: "passes a page with every property",
        props: lattice({ ...page, enabled: true, protocol: "HTTPS", matcher: { value: "200-299" } }),
        says: [],
      },
      { title: "passes a function", props: { type: "LAMBDA" }, says: [] },
      { title: "passes a function without a check", props: lattice({ enabled: false }, "LAMBDA"), says: [] },
      { title: "passes another load balancer", props: lattice(null, "ALB"), says: [] },
      {
        title: "refuses a check that is off",
        props: lattice({ ...page, enabled: false }),
        says: ["config.healthCheck.enabled is false; it must be true, or left out"],
      },
      {
        title: "refuses a check that may be off",
        props: lattice({ ...page, enabled: UNKNOWN }),
        says: ["config.healthCheck.enabled is not known"],
      },
      {
        title: "refuses errors",
        props: lattice({ ...page, matcher: { value: "200,404" } }),
        says: ['config.healthCheck.matcher.value is "200,404"; it must be literal codes from 200 to 399'],
      },
      {
        title: "refuses an unknown check",
        props: { type: "INSTANCE", config: UNKNOWN },
        says: ["config.healthCheck is not known before deployment"],
      },
      {
        title: "advises against AWS's default check",
        props: { type: "INSTANCE", config: { port: 443, protocol: "HTTPS" } },
        says: ['config.healthCheck.path is not set, which means "/"'],
        level: "advisory",
      },
    ]);
  });

  it("accepts the codes that the configuration allows", async () => {
    const props = containers({ path: "/account", successCodes: "200,401" });
    await suite.configure({ maxHealthyCode: 401 });
    const says = await suite.judge({ type: LIGHTSAIL_CONTAINERS[0], props });
    await suite.reset();
    if (says.length > 0) throw new Error(says.join("\n"));
  });
});

describe("health-detection-time", () => {
  const suite = new RuleSuite("health-detection-time");
  const slow = { healthCheckIntervalSeconds: 300, unhealthyThresholdCount: 10 };

  suite.checkPartsOfSentences(LATTICE_TARGET_GROUP[0], [
    { title: "passes AWS's defaults of VPC Lattice", props: lattice({}), says: [] },
    { title: "ignores a function", props: lattice(slow, "LAMBDA"), says: [] },
    {
      title: "refuses VPC Lattice's worst case",
      props: lattice(slow),
      says: [
        "config.healthCheck.healthCheckIntervalSeconds times config.healthCheck.unhealthyThresholdCount is 3000 " +
          "seconds; it must be at most 600",
      ],
    },
  ]);
  suite.checkPartsOfSentences(LIGHTSAIL_CONTAINERS[0], [
    { title: "passes AWS's defaults of Lightsail", props: containers({}), says: [] },
    {
      title: "refuses a long interval of Lightsail",
      props: containers({ intervalSeconds: 300, unhealthyThreshold: 3 }),
      says: [
        "publicEndpoint.healthCheck.intervalSeconds times publicEndpoint.healthCheck.unhealthyThreshold is 900",
      ],
    },
    {
      title: "refuses an unknown interval of Lightsail",
      props: containers({ intervalSeconds: UNKNOWN }),
      says: ["publicEndpoint.healthCheck.intervalSeconds is not known"],
    },
  ]);
  suite.checkPartsOfSentences(APP_RUNNER_SERVICE[0], [
    {
      title: "passes App Runner's worst case",
      props: runner({ interval: 20, unhealthyThreshold: 20 }),
      says: [],
    },
  ]);
});
