import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from "../../resources";
import { resourceRule, violations } from "../../rule";
import type { Place } from "../refused-by-aws/zones";
import { placesProblem, zonesSetting } from "./zones";

const FIX = "{ subnets: [subnetInZoneA.id, subnetInZoneB.id] }";

const SUBNETS: readonly Place[] = [{ property: "subnets" }, { property: "subnetMappings", key: "subnetId" }];
const ZONES: Place = { property: "availabilityZones" };

const REFERENCES = [
  {
    label: "ELB.13",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-13",
  },
  {
    label: "ELB.10",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-10",
  },
  {
    label: "REL10-BP01",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html",
  },
];

/**
 * Load balancers by the number of subnets or zones that they list. `relations` reports two subnets in one zone, which
 * AWS refuses.
 */
export const balancerZones = resourceRule({
  id: "balancer-zones",
  area: "resilience",
  title: "Load balancers use several zones",
  severity: "medium",
  level: "resource",
  description:
    "A load balancer has subnets in several Availability Zones. With only one, the store is down when that zone fails.",
  remedy: FIX,
  references: REFERENCES,
  settings: { zones: zonesSetting },
  types: [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER],
  judge(balancer, { zones }) {
    return violations(
      [...SUBNETS, ZONES].map((place) => placesProblem(balancer, place, zones)),
      FIX,
    );
  },
});
