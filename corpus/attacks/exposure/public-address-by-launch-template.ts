// The value true is a text here.
import type { Expected } from "../../attack";
import { launchTemplate, openGroup } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "public-instances-stack",
  says: /networkInterfaces\[0\]\.associatePublicIpAddress is "true"/,
};

export function program(mended: boolean): void {
  const securityGroups = [openGroup(network().vpc.id).id];
  launchTemplate({
    networkInterfaces: [
      { deviceIndex: 0, associatePublicIpAddress: mended ? "false" : "true", securityGroups },
    ],
  });
}
