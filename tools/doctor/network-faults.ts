/** The relevant data about a network, with the names of AWS's API. */
export interface Found {
  readonly vpc: {
    readonly VpcId: string;
    readonly CidrBlockAssociationSet: readonly {
      readonly CidrBlock: string;
      readonly CidrBlockState: { readonly State: string };
    }[];
  };
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly RouteTable[];
  readonly endpoints: readonly Endpoint[];
  readonly hasInternetGateway: boolean;
  /** Instances of this stack, which already have their addresses. */
  readonly ownInstances: number;
}

interface Subnet {
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly AvailabilityZone: string;
  readonly CidrBlock: string;
  readonly AvailableIpAddressCount: number;
  readonly Ipv6CidrBlockAssociationSet?: readonly {
    readonly Ipv6CidrBlockState: { readonly State: string };
  }[];
}

interface RouteTable {
  readonly RouteTableId: string;
  readonly Associations: readonly { readonly SubnetId?: string; readonly Main?: boolean }[];
  readonly Routes: readonly Route[];
}

interface Route {
  readonly DestinationCidrBlock?: string;
  readonly DestinationIpv6CidrBlock?: string;
  readonly State: "active" | "blackhole";
  readonly GatewayId?: string;
}

interface Endpoint {
  readonly ServiceName: string;
  readonly State: string;
  readonly RouteTableIds?: readonly string[];
  readonly PrivateDnsEnabled?: boolean;
}

/** What a store needs from its network. */
export interface Needs {
  readonly region: string;
  readonly zones: readonly string[];
  readonly cidrBlock?: string | undefined;
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];
  /** The subnets of the load balancer. */
  readonly balancerSubnetIds: readonly string[];
  /** Whether customers connect by IPv6. */
  readonly ipv6: boolean;
  /** Whether the VPC must resolve names of private zones. */
  readonly privateZones: boolean;
  /** Whether the VPC itself needs an internet gateway, for CloudFront VPC origins. */
  readonly internetGateway: boolean;
  /** Services that private subnets without an outbound route reach through a gateway endpoint. */
  readonly gatewayServices: readonly string[];
  /** The same, through an interface endpoint. */
  readonly interfaceServices: readonly string[];
  /** Addresses that the instances need while they are replaced. */
  readonly instances: number;
}

/** The faults of the VPC. */
export function vpcFaults(found: Found, { cidrBlock, internetGateway, privateZones }: Needs): string[] {
  const { vpc, dnsSupport, dnsHostnames, hasInternetGateway } = found;
  const ranges = vpc.CidrBlockAssociationSet.filter(
    ({ CidrBlockState }) => CidrBlockState.State === "associated",
  ).map(({ CidrBlock }) => CidrBlock);
  const off = (attribute: string, what: string): string =>
    `${vpc.VpcId} has ${attribute} off: without it, ${what}\nremedy: aws ec2 modify-vpc-attribute --vpc-id ${vpc.VpcId} --${attribute.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return [
    ...(dnsSupport ? [] : [off("enableDnsSupport", "instances resolve no names")]),
    ...(dnsHostnames || !privateZones
      ? []
      : [off("enableDnsHostnames", "the VPC doesn't resolve an internal store's names")]),
    ...(cidrBlock === undefined || ranges.includes(cidrBlock)
      ? []
      : [
          `${vpc.VpcId} has the range ${ranges.join(", ")}, not ${cidrBlock}\nremedy: correct network.existing.cidrBlock`,
        ]),
    ...(internetGateway && !hasInternetGateway
      ? [
          `${vpc.VpcId} has no internet gateway, which CloudFront VPC origins need, even without a route to it\nremedy: attach one, or set cdn.origin to public`,
        ]
      : []),
  ];
}

/** The faults in the placement of subnets. */
export function subnetFaults({ vpc, subnets }: Found, needs: Needs): string[] {
  return [...needs.privateSubnetIds, ...needs.publicSubnetIds].flatMap((id, index): string[] => {
    const subnet = subnets.find(({ SubnetId }) => SubnetId === id);
    if (subnet === undefined)
      return [
        `${id} isn't in ${needs.region}, or this account can't use it\nremedy: correct network.existing`,
      ];
    // There are as many subnets of each kind as zones, or none.
    const zone = needs.zones[index % needs.zones.length] ?? "";
    return [
      ...(subnet.VpcId === vpc.VpcId
        ? []
        : [`${id} is in ${subnet.VpcId}, not in ${vpc.VpcId}\nremedy: correct network.existing`]),
      ...(subnet.AvailabilityZone === zone
        ? []
        : [
            `${id} is in ${subnet.AvailabilityZone}, not in ${zone}\nremedy: list subnets in the order of network.availabilityZones`,
          ]),
      ...(needs.ipv6 && needs.balancerSubnetIds.includes(id) && !hasIpv6(subnet)
        ? [
            `${id} has no IPv6 range, but network.ipv6 is true\nremedy: give it one, or set network.ipv6 to false`,
          ]
        : []),
    ];
  });
}

function hasIpv6({ Ipv6CidrBlockAssociationSet: ranges = [] }: Subnet): boolean {
  return ranges.some(({ Ipv6CidrBlockState }) => Ipv6CidrBlockState.State === "associated");
}

/** The faults of routes and endpoints. */
export function routeFaults(found: Found, needs: Needs): string[] {
  const here = (ids: readonly string[]): readonly string[] =>
    ids.filter((id) =>
      found.subnets.some(({ SubnetId, VpcId }) => SubnetId === id && VpcId === found.vpc.VpcId),
    );
  return [
    ...here(needs.publicSubnetIds).flatMap((id) => publicRouteFaults(id, found, needs)),
    ...here(needs.privateSubnetIds).flatMap((id) => privateRouteFaults(id, found, needs)),
  ];
}

function publicRouteFaults(id: string, found: Found, { ipv6 }: Needs): string[] {
  const destinations = ["0.0.0.0/0", ...(ipv6 ? ["::/0"] : [])];
  return destinations
    .filter((destination) => !isInternetGateway(routeTo(destination, tableOf(id, found))))
    .map(
      (destination) =>
        `${id} has no route for ${destination} to an internet gateway: customers couldn't reach the load balancer\nremedy: add the route to its table, or name a public subnet`,
    );
}

function privateRouteFaults(id: string, found: Found, needs: Needs): string[] {
  const table = tableOf(id, found);
  const out = routeTo("0.0.0.0/0", table);
  if (isInternetGateway(out)) {
    return [
      `${id} is public: its outbound route leads to ${out?.GatewayId}, which instances without public addresses can't use\nremedy: name a private subnet`,
    ];
  }
  if (out?.State === "active") return [];
  const has = (service: string, suits: (endpoint: Endpoint) => boolean): boolean =>
    found.endpoints.some(
      (endpoint) =>
        endpoint.ServiceName === `com.amazonaws.${needs.region}.${service}` &&
        endpoint.State.toLowerCase() === "available" &&
        suits(endpoint),
    );
  const missing = [
    ...needs.gatewayServices.filter(
      (service) =>
        !has(service, ({ RouteTableIds = [] }) => RouteTableIds.includes(table?.RouteTableId ?? "")),
    ),
    ...needs.interfaceServices.filter((service) => !has(service, (one) => one.PrivateDnsEnabled === true)),
  ];
  if (missing.length === 0) return [];
  const why =
    out === undefined ? "no route for 0.0.0.0/0" : "a route for 0.0.0.0/0 whose target no longer exists";
  return [
    `${id} has ${why}, and the VPC has no endpoint to ${missing.join(", ")} for it\nremedy: add a route to a NAT or transit gateway, or the endpoints (interface endpoints with private DNS names)`,
  ];
}

/** A subnet without a route table of its own uses the VPC's main one. */
function tableOf(id: string, { routeTables }: Found): RouteTable | undefined {
  const withOne = (suits: (association: RouteTable["Associations"][number]) => boolean) =>
    routeTables.find(({ Associations }) => Associations.some(suits));
  return withOne(({ SubnetId }) => SubnetId === id) ?? withOne(({ Main }) => Main === true);
}

function routeTo(destination: string, table: RouteTable | undefined): Route | undefined {
  return table?.Routes.find((route) =>
    [route.DestinationCidrBlock, route.DestinationIpv6CidrBlock].includes(destination),
  );
}

function isInternetGateway(route: Route | undefined): boolean {
  return route?.State === "active" && route.GatewayId?.startsWith("igw-") === true;
}

/**
 * What a load balancer needs in each of its subnets in order to scale.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 */
const BALANCER = { addresses: 8, prefix: 27 } as const;

/** The subnets with too few addresses. */
export function addressFaults({ subnets, ownInstances }: Found, needs: Needs): string[] {
  const named = (ids: readonly string[]): readonly Subnet[] =>
    subnets.filter(({ SubnetId }) => ids.includes(SubnetId));
  const small = named(needs.balancerSubnetIds).filter(
    ({ AvailableIpAddressCount, CidrBlock }) =>
      AvailableIpAddressCount < BALANCER.addresses || Number(CidrBlock.split("/")[1]) > BALANCER.prefix,
  );
  const inPrivate = needs.balancerSubnetIds.filter((id) => needs.privateSubnetIds.includes(id)).length;
  const wanted = needs.instances + inPrivate * BALANCER.addresses;
  const free = named(needs.privateSubnetIds).reduce(
    (sum, { AvailableIpAddressCount }) => sum + AvailableIpAddressCount,
    ownInstances,
  );
  return [
    ...small.map(
      ({ SubnetId, CidrBlock, AvailableIpAddressCount }) =>
        `${SubnetId}, ${CidrBlock}, has ${AvailableIpAddressCount} free addresses: the load balancer needs a /${BALANCER.prefix} or larger, with ${BALANCER.addresses} free\nremedy: free some, or name another subnet`,
    ),
    ...(free >= wanted
      ? []
      : [
          `the private subnets have ${free} addresses for the stack, but the instances at their maximum need ${wanted} while they are replaced\nremedy: free some, name larger subnets, or lower fleet.maxSize`,
        ]),
  ];
}
