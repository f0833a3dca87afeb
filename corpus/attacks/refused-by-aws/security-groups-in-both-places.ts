// A launch template has security groups either for the instance or for its network interfaces.
import type { Expected } from "../../attack";
import { launchTemplate, securityGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /vpcSecurityGroupIds and networkInterfaces are both set/,
};

export function program(mended: boolean): void {
  const { id } = securityGroup("shop", network().vpc.id);
  launchTemplate({
    networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "false", securityGroups: [id] }],
    ...(!mended && { vpcSecurityGroupIds: [id] }),
  });
}
