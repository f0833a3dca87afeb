// The service registers a container that has another name in its task definition.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";
import { listener, service } from "../../tasks";

export const expected: Expected = { rule: "relations", says: /containerName must be one of its containers/ };

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const targetGroup = targets(vpc.id);
  service(vpc.id, targetGroup, mended ? "shop" : "nginx", { dependsOn: listener(subnetIds, targetGroup) });
}
