import { AUTO_SCALING_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const mixed = (overrides: unknown): Props => ({ mixedInstancesPolicy: { launchTemplate: { overrides } } });

const allowing = (...allowedInstanceTypes: unknown[]): Props => ({
  instanceRequirements: { allowedInstanceTypes },
});

describe("several-instance-types", () => {
  const suite = new RuleSuite("several-instance-types");
  suite.checkSentences(AUTO_SCALING_GROUP[0], [
    {
      title: "passes two types",
      props: mixed([{ instanceType: "m7g.large" }, { instanceType: secret("m6g.large") }]),
      says: [],
    },
    {
      title: "passes types selected by attributes",
      props: mixed([{ instanceRequirements: UNKNOWN }]),
      says: [],
    },
    {
      title: "advises on a group without a policy",
      props: { launchTemplate: { id: UNKNOWN } },
      says: ["mixedInstancesPolicy is not set; it must name 2 instance types"],
    },
    {
      title: "advises on an unknown policy",
      props: { mixedInstancesPolicy: UNKNOWN },
      says: ["mixedInstancesPolicy is not known before deployment; it must name 2 instance types"],
    },
    {
      title: "advises on absent overrides",
      props: mixed(null),
      says: ["mixedInstancesPolicy.launchTemplate.overrides is not set; it must name 2 instance types"],
    },
    {
      title: "advises on overrides of the wrong type",
      props: mixed("m7g.large"),
      says: [
        "mixedInstancesPolicy.launchTemplate.overrides is another string (not shown, as it may be secret); it must name 2 instance types",
      ],
    },
    {
      title: "counts the same type once",
      props: mixed([{ instanceType: "m7g.large" }, { instanceType: "m7g.large" }]),
      says: [
        "mixedInstancesPolicy.launchTemplate.overrides names only 1 different known instance types; it must name 2",
      ],
    },
    {
      title: "passes attributes that allow two types by name, a family, or one that is not known yet",
      props: mixed([
        allowing("m7g.large"),
        { instanceType: "m6g.large" },
        allowing("c7*"),
        allowing(UNKNOWN),
        { instanceRequirements: { allowedInstanceTypes: UNKNOWN } },
      ]),
      says: [],
    },
    ...[["c7*"], ["m7g.large", "c7*"], ["m7g.large", UNKNOWN], [UNKNOWN]].map((names) => ({
      title: `passes attributes that only allow ${names.join(" and ").replace(UNKNOWN, "an unknown type")}`,
      props: mixed([allowing(...names)]),
      says: [],
    })),
    {
      title: "passes attributes that allow two types by name",
      props: mixed([allowing("m7g.large", "m6g.large")]),
      says: [],
    },
    {
      title: "counts the types that attributes allow by name",
      props: mixed([allowing("m7g.large"), { instanceType: "m7g.large" }]),
      says: [
        "mixedInstancesPolicy.launchTemplate.overrides names only 1 different known instance types; it must name 2",
      ],
    },
    {
      title: "counts no unknown type",
      props: mixed([{ instanceType: "m7g.large" }, { instanceType: UNKNOWN }, UNKNOWN]),
      says: [
        "mixedInstancesPolicy.launchTemplate.overrides names only 1 different known instance types; it must name 2",
      ],
    },
    {
      title: "passes attributes beside a type",
      props: mixed([{ instanceType: "m7g.large" }, { instanceRequirements: UNKNOWN }]),
      says: [],
    },
    {
      title: "counts no empty override",
      props: mixed([{ instanceType: "m7g.large" }, null]),
      says: [
        "mixedInstancesPolicy.launchTemplate.overrides names only 1 different known instance types; it must name 2",
      ],
    },
  ]);
});
