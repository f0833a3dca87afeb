// The image is the parameter's current value; its former value is not stored.
import type { Expected } from "../../attack";
import { fleet, launchTemplate, privateSubnets } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /the image of launch template "shop" is a Systems Manager parameter/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  fleet(
    launchTemplate({ imageId: mended ? "ami-0123456789abcdef0" : "resolve:ssm:/shop/image" }),
    privateSubnets(vpc.id).map(({ id }) => id),
    { instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } } },
  );
}
