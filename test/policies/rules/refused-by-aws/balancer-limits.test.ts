import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

describe("balancer-limits", () => {
  const suite = RuleSuite.ofProse("balancer-attributes");
  const classic = RuleSuite.ofProse("classic-idle-timeout");
  suite.checkSentences(LOAD_BALANCER[0], [
    { title: "passes a load balancer with AWS's defaults", props: {}, says: [] },
    {
      title: "passes properties that the provider does not send for a Network Load Balancer",
      props: { loadBalancerType: "network", idleTimeout: 0 },
      says: [],
    },
    { title: "passes the minimum values", props: { idleTimeout: 1, clientKeepAlive: 60 }, says: [] },
    {
      title: "passes the maximum values",
      props: { idleTimeout: "4000", clientKeepAlive: secret(604_800) },
      says: [],
    },
    {
      title: "passes AWS's values",
      props: {
        xffHeaderProcessingMode: "preserve",
        dnsRecordClientRoutingPolicy: "availability_zone_affinity",
      },
      says: [],
    },
    {
      title: "passes null and unknown values",
      props: { idleTimeout: null, clientKeepAlive: UNKNOWN },
      says: [],
    },
    {
      title: "refuses values just below the range, each separately",
      props: { idleTimeout: 4001, clientKeepAlive: 59 },
      says: [
        "idleTimeout is 4001; it must be a whole number from 1 to 4000",
        "clientKeepAlive is 59; it must be a whole number from 60 to 604800",
      ],
    },
    {
      title: "refuses values just above the range",
      props: { idleTimeout: 0, clientKeepAlive: 604_801 },
      says: [
        "idleTimeout is 0; it must be a whole number from 1 to 4000",
        "clientKeepAlive is 604801; it must be a whole number from 60 to 604800",
      ],
    },
    {
      title: "refuses the values from the SDK's types",
      props: { dnsRecordClientRoutingPolicy: "availabilityZoneAffinity", xffHeaderProcessingMode: "replace" },
      says: [
        'xffHeaderProcessingMode is another string (not shown, as it may be secret); it must be "append", "preserve", "remove"',
        'dnsRecordClientRoutingPolicy is "availabilityZoneAffinity"; it must be "any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"',
      ],
    },
    {
      title: "refuses values of other types",
      props: { idleTimeout: [60] },
      says: ["idleTimeout is a list; it must be a whole number from 1 to 4000"],
    },
    {
      title: "does not repeat a secret",
      props: { idleTimeout: secret("hunter2") },
      says: [
        "idleTimeout is another string (not shown, as it may be secret); it must be a whole number from 1 to 4000",
      ],
    },
  ]);
  classic.checkSentences(CLASSIC_LOAD_BALANCER[0], [
    { title: "passes a Classic Load Balancer", props: { idleTimeout: 60 }, says: [] },
    {
      title: "refuses a Classic Load Balancer with a too long idle timeout",
      props: { idleTimeout: 7200 },
      says: ["idleTimeout is 7200; it must be a whole number from 1 to 4000"],
    },
  ]);
  for (const type of [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER]) {
    (CLASSIC_LOAD_BALANCER.some((one) => one === type) ? classic : suite).checkSentences(type, [
      {
        title: `judges ${type}`,
        props: { idleTimeout: 0 },
        says: ["idleTimeout is 0; it must be a whole number from 1 to 4000"],
      },
    ]);
  }
});
