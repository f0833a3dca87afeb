import type { Charge, Charging } from "../charge";
import { HOURS, priceOf } from "../prices";

const loadBalancer: Charging = (subject) => {
  const type = subject.text("loadBalancerType") ?? "application";
  if (type !== "application" && type !== "network")
    return [{ unknown: `there is no price for type ${type}` }];
  const reserved = subject.number("minimumLoadBalancerCapacity.capacityUnits") ?? 0;
  const used = subject.usage("lcus") ?? 0;
  const perUnit = type === "application" ? "applicationBalancerLcuHour" : "networkBalancerLcuHour";
  // Reserved capacity has a price of its own; usage is charged only beyond it:
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/capacity-unit-reservation.html
  const units: Charge = {
    description: "capacity units (LCU) in use",
    price: priceOf(perUnit, subject.region),
    quantity: Math.max(0, used - reserved) * HOURS,
    usage: "lcus",
  };
  return [
    subject.hourly(`${type} load balancer`, `${type}BalancerHour`),
    ...(reserved > 0
      ? [
          type === "application"
            ? subject.hourly("reserved capacity units (LCU)", "applicationBalancerReservedLcuHour", reserved)
            : { unknown: "there is no price for the reserved capacity of a network load balancer" },
        ]
      : []),
    units,
    // At least one address in each zone.
    ...(subject.flag("internal") === true || subject.text("ipAddressType") === "dualstack-without-public-ipv4"
      ? []
      : [
          subject.hourly(
            "public IPv4 addresses, one a zone",
            "publicIpv4Hour",
            subject.zones("subnets", "subnetMappings"),
          ),
        ]),
  ];
};

/** Services that carry traffic. */
export const NETWORK: Readonly<Record<string, Charging>> = {
  "lb/loadBalancer": loadBalancer,
  "elb/loadBalancer": (subject) => [
    subject.hourly("classic load balancer", "classicBalancerHour"),
    subject.metered("processedGb", "data that it passes on", "classicBalancerGb"),
    ...(subject.flag("internal") === true
      ? []
      : [
          subject.hourly(
            "public IPv4 addresses, one a zone",
            "publicIpv4Hour",
            subject.zones("subnets", "availabilityZones"),
          ),
        ]),
  ],
  "ec2/natGateway": (subject) => [
    subject.hourly("NAT gateway", "natGatewayHour"),
    subject.metered("processedGb", "data that it passes on", "natGatewayGb"),
  ],
  "ec2/eip": (subject) => [subject.hourly("public IPv4 address", "publicIpv4Hour")],
  "ec2/vpcEndpoint": (subject) =>
    // Gateway endpoints cost nothing: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    (subject.text("vpcEndpointType") ?? "Gateway") === "Interface"
      ? [
          subject.hourly(
            "interface endpoint, one a zone",
            "interfaceEndpointHour",
            subject.zones("subnetIds"),
          ),
          subject.metered("processedGb", "data that it passes on", "interfaceEndpointGb"),
        ]
      : subject.text("vpcEndpointType") === "GatewayLoadBalancer"
        ? [{ unknown: "there is no price for endpoints of gateway load balancers" }]
        : [],
  "ec2/vpnConnection": (subject) => [subject.hourly("VPN connection", "vpnConnectionHour")],
  "ec2transitgateway/vpcAttachment": (subject) => [
    subject.hourly("attachment to a transit gateway", "transitAttachmentHour"),
  ],
  "globalaccelerator/accelerator": (subject) => [subject.hourly("accelerator", "acceleratorHour")],
};
