// The health check's path is unknown in a preview.
import type { Expected } from "../../attack";
import { network, healthCheck, targets } from "../../parts";

export const expected: Expected = {
  rule: "target-group-health",
  says: /healthCheck\.path is not known before deployment/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  targets(vpc.id, {
    healthCheck: { ...healthCheck, path: mended ? "/healthz" : vpc.id.apply((id) => `/${id}`) },
  });
}
