import { AUTO_SCALING_GROUP } from "../../resources";
import { resourceRule, stackRule, violations } from "../../rule";
import { countPlaces, countZones } from "../refused-by-aws/zones";
import type { Place } from "../refused-by-aws/zones";
import { placesProblem, zonesSetting } from "./zones";

const FIX = "{ vpcZoneIdentifiers: [subnetInZoneA.id, subnetInZoneB.id] }";

const SUBNETS: Place = { property: "vpcZoneIdentifiers" };
const ZONES: Place = { property: "availabilityZones" };

const REFERENCES = [
  {
    label: "AutoScaling.2",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-2",
  },
  {
    label: "REL10-BP01",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html",
  },
];

/** Auto Scaling groups by the number of subnets or zones that they list. */
export const groupZones = resourceRule({
  id: "group-zones",
  area: "resilience",
  title: "Auto Scaling groups use several zones",
  severity: "medium",
  level: "resource",
  description:
    "An Auto Scaling group spreads its instances over several Availability Zones. With only one, all instances are lost when that zone fails.",
  remedy: FIX,
  references: REFERENCES,
  settings: { zones: zonesSetting },
  types: AUTO_SCALING_GROUP,
  judge(group, { zones }) {
    return violations(
      [SUBNETS, ZONES].map((place) => placesProblem(group, place, zones)),
      FIX,
    );
  },
});

/** Auto Scaling groups by the zones of their subnets, which are other resources. */
export const groupZonesStack = stackRule({
  id: "group-zones-stack",
  area: "resilience",
  title: "Subnets of Auto Scaling groups are in several zones",
  severity: "medium",
  level: "stack",
  description:
    "The subnets of an Auto Scaling group are in several Availability Zones. With only one, all instances are lost when that zone fails.",
  remedy: FIX,
  references: REFERENCES,
  settings: { zones: zonesSetting },
  judge(stack, { zones }) {
    return stack.ofTypes(AUTO_SCALING_GROUP).flatMap((group) => {
      const count = countZones(stack, group, SUBNETS);
      // The resource rule reports a list that is too short.
      if (count === undefined || count >= zones || (countPlaces(group, SUBNETS) ?? zones) < zones) return [];
      const where = `${count} zone${count === 1 ? "" : "s"}`;
      return violations(
        [`the subnets of vpcZoneIdentifiers are in ${where}; they must be in at least ${zones}`],
        FIX,
        group.urn,
      );
    });
  },
});
