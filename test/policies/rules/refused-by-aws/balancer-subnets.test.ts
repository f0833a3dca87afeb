import { LOAD_BALANCER } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "./cases";

const mapped = (...ids: unknown[]): object[] => ids.map((subnetId) => ({ subnetId }));

describe("balancer-subnets", () => {
  const suite = new RuleSuite("balancer-subnets");
  suite.check(LOAD_BALANCER[0], [
    { title: "passes two subnets", props: { subnets: ["subnet-1", "subnet-2"] }, says: [] },
    {
      title: "passes two secret subnets",
      props: { subnets: [secret("subnet-1"), secret("subnet-2")] },
      says: [],
    },
    { title: "passes two unknown subnets", props: { subnets: [UNKNOWN, UNKNOWN] }, says: [] },
    { title: "passes a list that is unknown as a whole", props: { subnets: UNKNOWN }, says: [] },
    { title: "passes what names none, as the provider refuses it by itself", props: {}, says: [] },
    { title: "passes null", props: { subnets: null }, says: [] },
    { title: "passes something else than a list", props: { subnets: "subnet-1" }, says: [] },
    { title: "passes two mappings", props: { subnetMappings: mapped(UNKNOWN, "subnet-2") }, says: [] },
    {
      title: "passes an unknown mapping beside a known one",
      props: { subnetMappings: [UNKNOWN, ...mapped("a")] },
      says: [],
    },
    {
      title: "passes one subnet of a Network Load Balancer",
      props: { loadBalancerType: "network", subnets: ["a"] },
      says: [],
    },
    {
      title: "passes one subnet of a balancer of unknown type",
      props: { loadBalancerType: UNKNOWN, subnets: ["a"] },
      says: [],
    },
    {
      title: "passes one subnet on an Outpost",
      props: { customerOwnedIpv4Pool: "pool", subnets: ["a"] },
      says: [],
    },
    {
      title: "passes an empty list beside mappings",
      props: { subnets: UNKNOWN, subnetMappings: mapped("a", "b") },
      says: [],
    },
    { title: "refuses one subnet", props: { subnets: ["subnet-1"] }, says: ["subnets names one subnet"] },
    {
      title: "refuses one unknown subnet",
      props: { subnets: [UNKNOWN] },
      says: ["subnets names one subnet"],
    },
    { title: "refuses no subnet", props: { subnets: [] }, says: ["subnets names no subnet"] },
    { title: "counts no null", props: { subnets: ["a", null] }, says: ["subnets names one subnet"] },
    {
      title: "counts the same subnet once",
      props: { subnets: ["a", "a"] },
      says: ["subnets names one subnet"],
    },
    {
      title: "refuses one mapping",
      props: { subnetMappings: mapped("a") },
      says: ["subnetMappings names one"],
    },
    {
      title: "refuses both ways at once",
      props: { subnets: ["a", "b"], subnetMappings: mapped("a", "b") },
      says: ["subnets and subnetMappings are both set"],
    },
    {
      title: "refuses a subnet mapped twice, of a Network Load Balancer too",
      props: { loadBalancerType: "network", subnetMappings: mapped("a", "b", "a") },
      says: ["subnetMappings names a subnet twice"],
    },
  ]);
  for (const type of LOAD_BALANCER) {
    suite.check(type, [{ title: `judges ${type}`, props: { subnets: ["a"] }, says: ["subnets"] }]);
  }
});
