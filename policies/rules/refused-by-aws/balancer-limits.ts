import { read } from "../../read";
import type { Reading } from "../../read";
import { CLASSIC_LOAD_BALANCER, isOf, LOAD_BALANCER } from "../../resources";
import { resourceRule, violations } from "../../rule";
import type { Expectation } from "../../rule";
import { balancerType, between, oneOf, refusal } from "./known";

const FIX = "{ idleTimeout: 60, clientKeepAlive: 3600 } (seconds)";

/** Of all kinds of load balancers, the classic too. */
const IDLE_TIMEOUT = between(1, 4000);

/**
 * By property. Of the camel-case forms, which the comments in the SDK's typings show, AWS takes none.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
const ATTRIBUTES: Readonly<Record<string, Expectation>> = {
  idleTimeout: IDLE_TIMEOUT,
  clientKeepAlive: between(60, 604_800),
  xffHeaderProcessingMode: oneOf(["append", "preserve", "remove"]),
  dnsRecordClientRoutingPolicy: oneOf(
    ["any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"],
    ["anyAvailabilityZone", "availabilityZoneAffinity", "partialAvailabilityZoneAffinity"],
  ),
};

/** Attributes that only Application Load Balancers have. */
const OF_APPLICATION: ReadonlySet<string> = new Set([
  "idleTimeout",
  "clientKeepAlive",
  "xffHeaderProcessingMode",
]);

/** What a load balancer sets beside its name and subnets. */
export const balancerLimits = resourceRule({
  id: "balancer-limits",
  area: "refused-by-aws",
  title: "AWS takes the attributes of load balancers",
  severity: "medium",
  level: "resource",
  description:
    "Load balancers use AWS's own words and ranges for their attributes. " +
    "AWS refuses the others once the load balancer is already there.",
  remedy: FIX,
  references: [
    {
      label: "LoadBalancerAttribute",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html",
    },
  ],
  types: [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER],
  judge(balancer) {
    const at = (property: string): [string, Reading] => [property, read(balancer.props, [property])];
    if (isOf(CLASSIC_LOAD_BALANCER, balancer)) {
      return violations([refusal(...at("idleTimeout"), IDLE_TIMEOUT)], FIX);
    }
    // The provider sends those of an Application Load Balancer for no other kind; awsx sets idleTimeout: 0 for networks.
    const isOther = ["network", "gateway"].includes(balancerType(balancer) ?? "");
    const sent = Object.entries(ATTRIBUTES).filter(([property]) => !isOther || !OF_APPLICATION.has(property));
    return violations(
      sent.map(([property, expected]) => refusal(...at(property), expected)),
      FIX,
    );
  },
});
