// Two resources have the same name in AWS.
import type { Expected } from "../../attack";
import { network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /name is also that of "(blue|green)"; it must be unique/,
};

export function program(mended: boolean): void {
  const { vpc } = network();
  targets(vpc.id, { name: "shop" }, "blue");
  targets(vpc.id, { name: mended ? "shop-green" : "shop" }, "green");
}
