import { AUTO_SCALING_GROUP, LAUNCH_TEMPLATE } from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const [GROUP] = AUTO_SCALING_GROUP;
const refresh = (autoRollback: unknown): Props => ({ instanceRefresh: { preferences: { autoRollback } } });
const BACK = refresh(true);

describe("auto-rollback", () => {
  const suite = RuleSuite.ofProse("auto-rollback");
  suite.checkSentences(GROUP, [
    {
      title: "passes a numbered version",
      props: { ...BACK, launchTemplate: { id: UNKNOWN, version: "3" } },
      says: [],
    },
    {
      title: "passes an unknown version",
      props: { ...BACK, launchTemplate: { id: UNKNOWN, version: UNKNOWN } },
      says: [],
    },
    { title: "passes an absent version", props: { ...BACK, launchTemplate: { id: UNKNOWN } }, says: [] },
    {
      title: "passes a template that is unknown or null",
      props: { ...BACK, launchTemplate: UNKNOWN, mixedInstancesPolicy: null },
      says: [],
    },
    {
      title: "passes $Latest without rollback",
      props: { ...refresh(false), launchTemplate: { version: "$Latest" } },
      says: [],
    },
    {
      title: "passes $Latest while the rollback is unknown",
      props: { ...refresh(UNKNOWN), launchTemplate: { version: "$Latest" } },
      says: [],
    },
    {
      title: "passes a rollback of the wrong type",
      props: { ...refresh([true]), launchTemplate: { version: "$Latest" } },
      says: [],
    },
    {
      title: "refuses $Latest",
      props: { ...BACK, launchTemplate: { id: UNKNOWN, version: secret("$Latest") } },
      says: [
        'launchTemplate.version is "$Latest"; with autoRollback it must be a number, such as template.latestVersion',
      ],
    },
    {
      title: "refuses $Default among several instance types",
      props: {
        ...refresh("true"),
        mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { version: "$Default" } } },
      },
      says: [
        'mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version is "$Default"; with autoRollback it must be a number, such as template.latestVersion',
      ],
    },
    {
      title: "refuses a launch configuration",
      props: { ...BACK, launchConfiguration: "lc-1" },
      says: ["launchConfiguration is set; with autoRollback AWS requires a launchTemplate instead"],
    },
  ]);
});

describe("auto-rollback-stack", () => {
  const suite = new RuleSuite("relations");
  const template = (imageId: unknown, name = "template"): TestResource => ({
    type: LAUNCH_TEMPLATE[0],
    name,
    props: { id: UNKNOWN, imageId },
  });
  const byReference = template(
    "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
  );
  const group = (props: Props, ...sources: TestResource[]): TestResource => ({
    type: GROUP,
    name: "fleet",
    props: { ...BACK, launchTemplate: { id: UNKNOWN, version: UNKNOWN }, ...props },
    propertyDependencies: { launchTemplate: sources.map(urnOf), mixedInstancesPolicy: sources.map(urnOf) },
  });
  const said = [
    [
      "fleet",
      'instanceRefresh.preferences.autoRollback is true, but the image of launch template "template" is a Systems Manager parameter; AWS allows only one of them',
    ],
  ] as const;
  const mixed = {
    launchTemplate: null,
    mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { launchTemplateId: UNKNOWN } } },
  };
  suite.checkStacks([
    {
      title: "passes a pinned image",
      stack: [template("ami-0123456789abcdef0"), group({}, template(0))],
      says: [],
    },
    { title: "passes an unknown image", stack: [template(UNKNOWN), group({}, template(0))], says: [] },
    { title: "passes an absent image", stack: [template(null), group({}, template(0))], says: [] },
    {
      title: "passes an image of the wrong type",
      stack: [template(["resolve:ssm:x"]), group({}, template(0))],
      says: [],
    },
    {
      title: "passes a reference without rollback",
      stack: [byReference, group(refresh(false), byReference)],
      says: [],
    },
    {
      title: "passes a template outside the stack",
      stack: [byReference, group({ launchTemplate: { id: "lt-1" } })],
      says: [],
    },
    {
      title: "passes a template that may be another",
      stack: [
        byReference,
        template("ami-0123456789abcdef0", "other"),
        group({}, byReference, template(0, "other")),
      ],
      says: [],
    },
    {
      title: "refuses an image by an SSM parameter reference",
      stack: [byReference, group({}, byReference)],
      says: said,
    },
    {
      title: "refuses a secret SSM parameter reference",
      stack: [template(secret("resolve:ssm:x")), group({}, byReference)],
      says: said,
    },
    {
      title: "refuses an SSM parameter reference with several instance types",
      stack: [byReference, group(mixed, byReference)],
      says: said,
    },
    {
      title: "refuses an SSM parameter reference by the template's ID, as in up",
      stack: [
        { ...byReference, props: { ...byReference.props, id: "lt-1" } },
        { type: GROUP, name: "fleet", props: { ...BACK, launchTemplate: { id: "lt-1", version: "1" } } },
      ],
      says: said,
    },
  ]);
});
