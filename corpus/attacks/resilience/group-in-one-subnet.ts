// The list names the same subnet twice.
import type { Expected } from "../../attack";
import { fleet, launchTemplate } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "group-zones",
  says: /vpcZoneIdentifiers has 1 different element/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  network();
  fleet(launchTemplate(), ["subnet-0123456789abcdef0", `subnet-0123456789abcdef${mended ? 1 : 0}`]);
}
