import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from "../../resources";
import { resourceRule, stackRule, violations } from "../../rule";
import { countPlaces, countZones, zonesSetting } from "./zones";
import type { Place } from "./zones";

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

/** Load balancers by the number of subnets or zones that they list themselves. */
export const balancerZones = resourceRule({
  id: "balancer-zones",
  area: "resilience",
  title: "Load balancers lie in several zones",
  severity: "medium",
  level: "resource",
  description:
    "A load balancer has subnets in several Availability Zones. With one only, the store is gone when that zone is.",
  remedy: FIX,
  references: REFERENCES,
  settings: { zones: zonesSetting },
  types: [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER],
  judge(balancer, { zones }) {
    return violations(
      [...SUBNETS, ZONES].map((place) => {
        const count = countPlaces(balancer, place);
        // An empty list is none: what a load balancer cannot do without stands in another.
        if (count === undefined || count === 0 || count >= zones) return undefined;
        return `${place.property} has ${count} different element${count === 1 ? "" : "s"}; it must have ${zones} at least`;
      }),
      FIX,
    );
  },
});

/** Load balancers by the zones of their subnets, which are other resources. */
export const balancerZonesStack = stackRule({
  id: "balancer-zones-stack",
  area: "resilience",
  title: "Subnets of load balancers lie in several zones",
  severity: "medium",
  level: "stack",
  description:
    "The subnets of a load balancer lie in several Availability Zones. With one only, the store is gone when that zone is.",
  remedy: FIX,
  references: REFERENCES,
  settings: { zones: zonesSetting },
  judge(stack, { zones }) {
    return stack.ofTypes([...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER]).flatMap((balancer) =>
      violations(
        SUBNETS.map((place) => {
          const count = countZones(stack, balancer, place);
          // Too short a list is for the resource rule to tell.
          if (count === undefined || count >= zones || (countPlaces(balancer, place) ?? zones) < zones)
            return undefined;
          return `${place.property} lie in ${count} zone${count === 1 ? "" : "s"}; they must lie in ${zones} at least`;
        }),
        FIX,
        balancer.urn,
      ),
    );
  },
});
