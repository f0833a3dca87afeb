// Fargate tasks have their own addresses, and a target group's default type is instance.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";
import { listener, service } from "../../tasks";

export const expected: Expected = {
  rule: "relations",
  says: /Its tasks have their own IP addresses, but "shop" has targets of type instance/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const targetGroup = targets(vpc.id, { targetType: mended ? "ip" : "instance" });
  service(vpc.id, targetGroup, "shop", { dependsOn: listener(subnetIds, targetGroup) });
}
