import { CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from "../../resources";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import { resourceRule, stackRule, violations } from "../../rule";
import { balancerType } from "./known";
import { countPlaces, countZones } from "./zones";
import type { Place } from "./zones";

const FIX = "{ subnets: [subnetInZoneA.id, subnetInZoneB.id] }";

const REFERENCES = [
  {
    label: "CreateLoadBalancer",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
  },
];

/** The subnets of load balancers, as far as their number and their repetition tell. */
export const balancerSubnets = resourceRule({
  id: "balancer-subnets",
  area: "refused-by-aws",
  title: "AWS takes the subnets of load balancers",
  severity: "medium",
  level: "resource",
  description:
    "An Application Load Balancer has subnets in two zones at least, given as subnets or as subnetMappings. " +
    "AWS refuses fewer, both ways at once, and a subnet that is mapped twice.",
  remedy: FIX,
  references: REFERENCES,
  types: LOAD_BALANCER,
  judge(balancer) {
    const subnets = present(readList(balancer.props, ["subnets"]));
    const mappings = present(readList(balancer.props, ["subnetMappings"]))?.map((mapping) =>
      mapping.kind === "known" ? read(mapping.value, ["subnetId"]) : mapping,
    );
    const both = (subnets?.length ?? 0) > 0 && (mappings?.length ?? 0) > 0;
    // On an Outpost one subnet is all there is.
    const isOnOutpost = read(balancer.props, ["customerOwnedIpv4Pool"]).kind !== "absent";
    const needsTwo = balancerType(balancer) === "application" && !isOnOutpost && !both;
    return violations(
      [
        both ? "subnets and subnetMappings are both set; only one of them may be" : undefined,
        needsTwo ? tooFew("subnets", subnets) : undefined,
        needsTwo ? tooFew("subnetMappings", mappings) : undefined,
        mappings !== undefined && distinct(mappings) < mappings.length
          ? "subnetMappings names a subnet twice; each may be mapped once"
          : undefined,
      ],
      FIX,
    );
  },
});

const PLACES: readonly Place[] = [{ property: "subnets" }, { property: "subnetMappings", key: "subnetId" }];

/** The subnets of load balancers by their zones. In which one a subnet lies, only the stack shows. */
export const balancerSubnetsStack = stackRule({
  id: "balancer-subnets-stack",
  area: "refused-by-aws",
  title: "Subnets of load balancers lie in different zones",
  severity: "medium",
  level: "stack",
  description:
    "A load balancer has at most one subnet in each Availability Zone. AWS refuses a second one in the same zone.",
  remedy: FIX,
  references: REFERENCES,
  judge(stack) {
    return stack.ofTypes([...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER]).flatMap((balancer) =>
      violations(
        PLACES.map((place) => {
          const zones = countZones(stack, balancer, place);
          const count = countPlaces(balancer, place);
          if (zones === undefined || count === undefined || zones >= count) return undefined;
          return `${place.property} has ${count} elements and two of the subnets lie in one zone; each must lie in another`;
        }),
        FIX,
        balancer.urn,
      ),
    );
  },
});

/** The elements of a list that is known as such, but for those that are null. */
function present(list: Reading | readonly Reading[]): readonly Reading[] | undefined {
  return isList(list) ? list.filter(({ kind }) => kind !== "absent") : undefined;
}

function tooFew(label: string, subnets: readonly Reading[] | undefined): string | undefined {
  if (subnets === undefined) return undefined;
  const count = distinct(subnets);
  if (count >= 2) return undefined;
  return `${label} names ${count === 1 ? "one subnet" : "no subnet"}; it must name two, in different zones`;
}

/** How many different subnets there are at most: unknown ones may all differ. */
function distinct(subnets: readonly Reading[]): number {
  const known = subnets.flatMap((subnet) => (subnet.kind === "known" ? [subnet.value] : []));
  return new Set(known).size + subnets.length - known.length;
}
