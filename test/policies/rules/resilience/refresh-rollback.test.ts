import { AUTO_SCALING_GROUP, LAUNCH_TEMPLATE } from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import type { Props } from "../../../support/policy-cases";
import { RuleSuite } from "../refused-by-aws/cases";

const template = (imageId: unknown): TestResource => ({
  type: LAUNCH_TEMPLATE[0],
  name: "template",
  props: { id: UNKNOWN, imageId },
});
const PINNED = template("ami-0123456789abcdef0");
const group = (
  instanceRefresh: unknown,
  launch: Props = { id: UNKNOWN, version: UNKNOWN },
): TestResource => ({
  type: AUTO_SCALING_GROUP[0],
  name: "fleet",
  props: { instanceRefresh, launchTemplate: launch },
  propertyDependencies: { launchTemplate: [urnOf(PINNED)] },
});
const refresh = (autoRollback: unknown): Props => ({ strategy: "Rolling", preferences: { autoRollback } });

describe("refresh-rollback", () => {
  const suite = new RuleSuite("refresh-rollback", "advisory");
  const says = (text: string): [string, string][] => [
    ["fleet", `instanceRefresh.preferences.autoRollback ${text}`],
  ];
  suite.checkStacks([
    { title: "passes a rollback", stack: [PINNED, group(refresh(true))], says: [] },
    { title: "passes a secret one", stack: [PINNED, group(refresh(secret(true)))], says: [] },
    { title: "passes a group without refresh", stack: [PINNED, group(null), group(UNKNOWN)], says: [] },
    {
      title: "asks for none of an image by reference, as AWS refuses it",
      stack: [template("resolve:ssm:x"), group(refresh(false))],
      says: [],
    },
    {
      title: "asks for none of an unknown image",
      stack: [template(UNKNOWN), group(refresh(false))],
      says: [],
    },
    {
      title: "asks for none of $Latest",
      stack: [PINNED, group(refresh(false), { id: UNKNOWN, version: "$Latest" })],
      says: [],
    },
    { title: "asks for none of a template of elsewhere", stack: [group(refresh(false))], says: [] },
    {
      title: "asks for none while one of its templates has no image of its own",
      stack: [
        PINNED,
        { ...template(UNKNOWN), name: "other" },
        {
          ...group(refresh(false)),
          propertyDependencies: {
            launchTemplate: [urnOf(PINNED), urnOf({ ...template(UNKNOWN), name: "other" })],
          },
        },
      ],
      says: [],
    },
    {
      title: "advises on false",
      stack: [PINNED, group(refresh(false))],
      says: says("is false; it must be true"),
    },
    {
      title: "advises on an absent one",
      stack: [PINNED, group({ strategy: "Rolling" })],
      says: says("is not set, which means false; it must be true"),
    },
    {
      title: "advises on an unknown one",
      stack: [PINNED, group(refresh(UNKNOWN))],
      says: says("is not known before deployment; it must be true"),
    },
    {
      title: "advises on an odd one",
      stack: [PINNED, group(refresh([true]))],
      says: says("is a list; it must be true"),
    },
    { title: "passes true as a text", stack: [PINNED, group(refresh("true"))], says: [] },
    {
      title: "advises on false as a text",
      stack: [PINNED, group(refresh("false"))],
      says: says('is "false"; it must be true'),
    },
    ...["xami-0123", "ami-0123 x", "ami-"].map((image) => ({
      title: `asks for none of ${image}, which is no image`,
      stack: [template(image), group(refresh(false))],
      says: [],
    })),
  ]);
});
