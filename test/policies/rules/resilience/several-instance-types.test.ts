import { AUTO_SCALING_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import type { Props } from "../../../support/policy-cases";
import { RuleSuite } from "../refused-by-aws/cases";

const mixed = (overrides: unknown): Props => ({ mixedInstancesPolicy: { launchTemplate: { overrides } } });

describe("several-instance-types", () => {
  const suite = new RuleSuite("several-instance-types", "advisory");
  suite.check(AUTO_SCALING_GROUP[0], [
    {
      title: "passes two types",
      props: mixed([{ instanceType: "m7g.large" }, { instanceType: secret("m6g.large") }]),
      says: [],
    },
    {
      title: "passes types by their attributes",
      props: mixed([{ instanceRequirements: UNKNOWN }]),
      says: [],
    },
    {
      title: "advises a group without a policy",
      props: { launchTemplate: { id: UNKNOWN } },
      says: ["mixedInstancesPolicy is not set"],
    },
    {
      title: "advises on an unknown policy",
      props: { mixedInstancesPolicy: UNKNOWN },
      says: ["mixedInstancesPolicy is not known"],
    },
    { title: "advises on absent overrides", props: mixed(null), says: ["overrides is not set"] },
    {
      title: "advises on overrides of the wrong type",
      props: mixed("m7g.large"),
      says: ["overrides is another string"],
    },
    {
      title: "counts the same type once",
      props: mixed([{ instanceType: "m7g.large" }, { instanceType: "m7g.large" }]),
      says: ["names 1 different"],
    },
    {
      title: "counts no unknown type",
      props: mixed([{ instanceType: "m7g.large" }, { instanceType: UNKNOWN }, UNKNOWN]),
      says: ["names 1 different"],
    },
  ]);
});
