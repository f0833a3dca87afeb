import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

describe("balancer-zones", () => {
  const suite = new RuleSuite("balancer-zones");
  suite.checkSentences(LOAD_BALANCER[0], [
    { title: "passes two subnets", props: { subnets: ["a", UNKNOWN] }, says: [] },
    { title: "passes an unknown list", props: { subnets: UNKNOWN }, says: [] },
    {
      title: "passes absent, null and empty lists, and other types, which AWS judges",
      props: { subnets: null, subnetMappings: [], availabilityZones: "a" },
      says: [],
    },
    {
      title: "advises against one subnet for a Network Load Balancer",
      props: { loadBalancerType: "network", subnets: [secret("a")] },
      says: ["subnets has 1 different element; it must have at least 2"],
    },
    {
      title: "counts the same subnet once",
      props: { subnetMappings: [{ subnetId: "a" }, { subnetId: "a" }] },
      says: ["subnetMappings has 1 different element; it must have at least 2"],
    },
  ]);
  suite.checkSentences(CLASSIC_LOAD_BALANCER[0], [
    {
      title: "passes a Classic Load Balancer in two zones",
      props: { availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      says: [],
    },
    {
      title: "advises against one zone",
      props: { availabilityZones: ["eu-west-1a"] },
      says: ["availabilityZones has 1 different element; it must have at least 2"],
    },
  ]);
  for (const type of LOAD_BALANCER) {
    suite.checkSentences(type, [
      {
        title: `judges ${type}`,
        props: { subnets: [UNKNOWN] },
        says: ["subnets has 1 different element; it must have at least 2"],
      },
    ]);
  }
});
