import {
  ECS_SERVICE,
  ELASTIC_IP,
  FUNCTION,
  INSTANCE,
  INTERNET_GATEWAY,
  INTERNET_GATEWAY_ATTACHMENT,
  NAT_GATEWAY,
  NETWORK_INTERFACE,
  SECURITY_GROUP,
  SUBNET,
  VPC,
} from "../../../../../policies/resources";
import { VOLUME } from "../../../../../policies/rules/refused-by-aws/api-prose/types";
import {
  DATABASE_SUBNET_GROUP,
  EKS_CLUSTER,
  GROUP_IN_ANOTHER_VPC,
  ROUTE,
  ROUTE_TABLE,
  ROUTE_TABLE_ASSOCIATION,
  VOLUME_ATTACHMENT,
} from "../../../../../policies/rules/refused-by-aws/relations/types";
import { type TestResource, UNKNOWN } from "../../../../support/pack";
import { make, type Row } from "./row";

const [near, far] = [make(VPC, "near"), make(VPC, "far")];
const subnet = (name: string, zone: string, vpcId = near): TestResource =>
  make(SUBNET, name, { availabilityZone: zone }, { vpcId });
const [a, b] = [subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b")];
const OUTPOST = make(SUBNET, "outpost", { outpostArn: "arn:aws:outposts:eu-west-1:1:outpost/op-1" });
const databases = (name: string, ...subnets: readonly TestResource[]): TestResource =>
  make(DATABASE_SUBNET_GROUP, name, { subnetIds: subnets.map(() => UNKNOWN) }, { subnetIds: subnets });
const group = (vpcId: TestResource): TestResource => make(SECURITY_GROUP, "group", {}, { vpcId });
const table = (vpcId: TestResource): TestResource => make(ROUTE_TABLE, "table", {}, { vpcId });
const gateway = (vpcId: TestResource, name = "gateway"): TestResource =>
  make(INTERNET_GATEWAY, name, {}, { vpcId });
const network = (vpcId: TestResource): TestResource[] => [
  near,
  far,
  a,
  b,
  group(vpcId),
  table(vpcId),
  gateway(vpcId),
];

/** Resources with references to two resources that are each in a VPC, and the properties with these references. */
const SPANS: readonly (readonly [what: TestResource, here: string, there: string])[] = [
  [
    make(INSTANCE, "x", {}, { subnetId: a, vpcSecurityGroupIds: group(near) }),
    "subnetId",
    "vpcSecurityGroupIds",
  ],
  [
    make(NETWORK_INTERFACE, "x", {}, { subnetId: a, securityGroups: group(near) }),
    "subnetId",
    "securityGroups",
  ],
  [
    make(
      ECS_SERVICE,
      "x",
      { networkConfiguration: { subnets: [UNKNOWN, UNKNOWN], securityGroups: [UNKNOWN] } },
      { networkConfiguration: [a, b, group(near)] },
    ),
    "networkConfiguration.subnets",
    "networkConfiguration.securityGroups",
  ],
  ...[FUNCTION, EKS_CLUSTER].map(
    (of) =>
      [
        make(
          of,
          "x",
          { vpcConfig: { subnetIds: [UNKNOWN, UNKNOWN], securityGroupIds: [UNKNOWN] } },
          { vpcConfig: [a, b, group(near)] },
        ),
        "vpcConfig.subnetIds",
        "vpcConfig.securityGroupIds",
      ] as const,
  ),
  [
    make(ROUTE_TABLE_ASSOCIATION, "x", {}, { routeTableId: table(near), subnetId: a }),
    "routeTableId",
    "subnetId",
  ],
];

const cluster = (...subnets: readonly TestResource[]): TestResource =>
  make(
    EKS_CLUSTER,
    "x",
    { vpcConfig: { subnetIds: subnets.map(() => UNKNOWN), securityGroupIds: [UNKNOWN] } },
    { vpcConfig: [...subnets, group(near)] },
  );

const address = make(ELASTIC_IP, "address");
const nat = (name: string, allocationId: TestResource): TestResource =>
  make(NAT_GATEWAY, name, { connectivityType: "private" }, { allocationId });

const instance = make(INSTANCE, "host", {}, { subnetId: a });
const attached = (zone: string): TestResource[] => [
  near,
  a,
  instance,
  make(VOLUME, "disk", { availabilityZone: zone }),
  make(VOLUME_ATTACHMENT, "x", {}, { volumeId: make(VOLUME, "disk"), instanceId: instance }),
];

export const REFUSED: readonly Row[] = [
  ...SPANS.flatMap(([what, here, there]): Row[] => [
    [
      `two VPCs: ${what.type}`,
      [...network(far), what],
      "x",
      `${here} and ${there} lie in different VPCs; they must lie in the same VPC`,
    ],
    [`nothing of one: ${what.type}`, [...network(near), what]],
  ]),
  [
    "a route to the gateway of another VPC",
    [
      near,
      far,
      table(near),
      gateway(far),
      make(ROUTE, "x", {}, { routeTableId: table(near), gatewayId: gateway(far) }),
    ],
    "x",
    "routeTableId and gatewayId lie in different VPCs; they must lie in the same VPC",
  ],
  [
    "nothing for a route to the VPC's own gateway, or to one attached later",
    [
      near,
      table(near),
      make(INTERNET_GATEWAY, "loose", { vpcId: "" }),
      make(ROUTE, "x", {}, { routeTableId: table(near), gatewayId: make(INTERNET_GATEWAY, "loose") }),
      gateway(near),
      make(ROUTE, "y", {}, { routeTableId: table(near), gatewayId: gateway(near) }),
    ],
  ],
  [
    "nothing for a security group that is associated with the other VPC",
    [
      ...network(far),
      make(GROUP_IN_ANOTHER_VPC, "association", {}, { securityGroupId: group(far), vpcId: near }),
      SPANS[0]![0],
    ],
  ],
  [
    "the subnets of a function in two VPCs",
    [
      near,
      far,
      a,
      subnet("c", "eu-west-1c", far),
      make(
        FUNCTION,
        "x",
        { vpcConfig: { subnetIds: [UNKNOWN, UNKNOWN] } },
        { vpcConfig: [a, subnet("c", "")] },
      ),
    ],
    "x",
    "vpcConfig.subnetIds lie in different VPCs; they must lie in the same VPC",
  ],
  [
    "a second internet gateway",
    [near, gateway(near), gateway(near, "x")],
    "x",
    'vpcId is also the VPC of internet gateway "gateway"; AWS allows only one for each VPC',
  ],
  [
    "a second internet gateway, attached",
    [near, gateway(near), make(INTERNET_GATEWAY_ATTACHMENT, "x", {}, { vpcId: near })],
    "x",
    'vpcId is also the VPC of internet gateway "gateway"; AWS allows only one for each VPC',
  ],
  ["nothing for a gateway for each VPC", [near, far, gateway(near), gateway(far, "other")]],
  [
    "one address for two NAT gateways",
    [address, nat("a", address), nat("x", address)],
    "x",
    'allocationId is also that of NAT gateway "a"; it must be unique',
  ],
  [
    "nothing for an address each, or none",
    [
      address,
      make(ELASTIC_IP, "other"),
      nat("a", address),
      nat("b", make(ELASTIC_IP, "other")),
      make(NAT_GATEWAY, "c", { connectivityType: "private" }),
      make(NAT_GATEWAY, "d", { connectivityType: "private" }),
    ],
  ],
  [
    "an EKS cluster in one zone",
    [near, a, subnet("c", "eu-west-1a"), group(near), cluster(a, subnet("c", ""))],
    "x",
    "vpcConfig.subnetIds lie in one zone; they must lie in at least two",
  ],
  [
    "nothing for a cluster in two zones, in unknown zones, or on an Outpost",
    [
      near,
      a,
      b,
      group(near),
      { ...cluster(a, b), name: "two" },
      { ...cluster(a, make(SUBNET, "elsewhere")), name: "unknown" },
      make(
        EKS_CLUSTER,
        "outpost",
        { outpostConfig: {}, vpcConfig: { subnetIds: [UNKNOWN] } },
        { vpcConfig: a },
      ),
    ],
  ],
  [
    "a cluster with one subnet, even outside the stack",
    [make(EKS_CLUSTER, "x", { vpcConfig: { subnetIds: ["subnet-0a1b2c3d"] } })],
    "x",
    "vpcConfig.subnetIds lie in one zone; they must lie in at least two",
  ],
  [
    "a DB subnet group in one zone",
    [near, a, subnet("c", "eu-west-1a"), databases("x", a, subnet("c", ""))],
    "x",
    "subnetIds lie in one zone; they must lie in at least two",
  ],
  [
    "nothing for subnets in two zones, outside the stack, on an Outpost or in a Local Zone",
    [
      near,
      a,
      b,
      OUTPOST,
      subnet("local", "us-west-2-lax-1a"),
      databases("two", a, b),
      databases("outpost", OUTPOST),
      databases("local", subnet("local", "")),
      make(DATABASE_SUBNET_GROUP, "elsewhere", { subnetIds: ["subnet-0a1b2c3d"] }),
    ],
  ],
  [
    "a volume in another zone",
    attached("eu-west-1b"),
    "x",
    'Volume "disk" and instance "host" lie in different zones; they must lie in the same zone',
  ],
  ["nothing for a volume in the same zone", attached("eu-west-1a")],
];
