/**
 * EC2: networks and instances.
 *
 * Source of ids: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html; of ARNs:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
import { number } from "../hash";
import { zones } from "../regions";
import { type Draft, joined, type Model, type Models, named, prefixed } from "./draft";

/** A private address of the made-up network 10.0.0.0/16, and its host name in the region. */
function privateAddress(draft: Draft): { ip: string; dns: string } {
  const seed = draft.salted("private");
  const ip = draft.text("privateIp") ?? `10.0.${number(seed, 0, 255)}.${number(`${seed} host`, 4, 254)}`;
  const domain = draft.region === "us-east-1" ? "ec2.internal" : `${draft.region}.compute.internal`;
  return { ip, dns: `ip-${ip.replaceAll(".", "-")}.${domain}` };
}

/** An address of a block reserved for documentation (RFC 5737), and its host name in the region. */
function publicAddress(draft: Draft): { ip: string; dns: string } {
  const ip = `203.0.113.${number(draft.salted("public"), 1, 254)}`;
  const domain = draft.region === "us-east-1" ? "compute-1" : `${draft.region}.compute`;
  return { ip, dns: `ec2-${ip.replaceAll(".", "-")}.${domain}.${draft.dnsSuffix}` };
}

const id = (draft: Draft, prefix: string, part: string): string => `${prefix}-${draft.hex(17, part)}`;

/** A /56 of the block reserved for documentation (RFC 3849), its fourth group written out. */
const ipv6Block = (draft: Draft): string =>
  `2001:db8:${number(draft.salted("ipv6"), 1, 0xffff).toString(16)}:${number(draft.salted("ipv6 net"), 1, 0xff).toString(16)}00::/56`;

const vpc = prefixed("vpc", "vpc", (draft) => ({
  cidrBlock: draft.text("cidrBlock") ?? (draft.type.includes("Default") ? "172.31.0.0/16" : "10.0.0.0/16"),
  defaultNetworkAclId: id(draft, "acl", "acl"),
  defaultRouteTableId: id(draft, "rtb", "route table"),
  mainRouteTableId: id(draft, "rtb", "route table"),
  defaultSecurityGroupId: id(draft, "sg", "security group"),
  dhcpOptionsId: id(draft, "dopt", "dhcp options"),
  instanceTenancy: draft.text("instanceTenancy") ?? "default",
  ipv6CidrBlock: draft.flag("assignGeneratedIpv6CidrBlock") ? ipv6Block(draft) : undefined,
  ipv6AssociationId: draft.flag("assignGeneratedIpv6CidrBlock") ? id(draft, "vpc-cidr-assoc", "ipv6") : "",
}));

const subnet = prefixed("subnet", "subnet", (draft) => {
  const all = zones(draft.region);
  const byId = draft.text("availabilityZoneId");
  const zone =
    all.find(({ name, id }) => name === draft.text("availabilityZone") || id === byId) ??
    all[number(draft.salted("zone"), 0, all.length - 1)];
  return {
    availabilityZone: draft.text("availabilityZone") ?? zone?.name,
    availabilityZoneId: byId ?? zone?.id,
    privateDnsHostnameTypeOnLaunch: draft.text("privateDnsHostnameTypeOnLaunch") ?? "ip-name",
    ipv6CidrBlockAssociationId:
      draft.text("ipv6CidrBlock") === undefined ? "" : id(draft, "subnet-cidr-assoc", "ipv6"),
  };
});

const securityGroup = prefixed("sg", "security-group", (draft) => ({
  name: draft.physicalName,
  vpcId: draft.text("vpcId") ?? id(draft, "vpc", "vpc"),
}));

const securityGroupRule = prefixed("sgr", "security-group-rule", (draft, rule) => ({
  securityGroupRuleId: rule,
}));

const instance = prefixed("i", "instance", (draft) => {
  const zone = zones(draft.region)[0]?.name;
  const inside = privateAddress(draft);
  const outside =
    draft.inputs["associatePublicIpAddress"] === false ? { ip: "", dns: "" } : publicAddress(draft);
  return {
    availabilityZone: draft.text("availabilityZone") ?? zone,
    instanceState: "running",
    primaryNetworkInterfaceId: id(draft, "eni", "network interface"),
    privateIp: inside.ip,
    privateDns: inside.dns,
    publicIp: outside.ip,
    publicDns: outside.dns,
    subnetId: draft.text("subnetId") ?? id(draft, "subnet", "subnet"),
    tenancy: draft.text("tenancy") ?? "default",
    // Empty unless requested: no spot request, Outpost, password or additional interface.
    instanceLifecycle: "",
    outpostArn: "",
    passwordData: "",
    spotInstanceRequestId: "",
    instanceMarketOptions: draft.object("instanceMarketOptions") ?? null,
    primaryNetworkInterface: draft.object("primaryNetworkInterface") ?? null,
    // Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
    metadataOptions: {
      httpEndpoint: "enabled",
      httpProtocolIpv6: "disabled",
      httpPutResponseHopLimit: 2,
      httpTokens: "optional",
      instanceMetadataTags: "disabled",
      ...draft.object("metadataOptions"),
    },
    rootBlockDevice: {
      deleteOnTermination: true,
      deviceName: "/dev/xvda",
      encrypted: false,
      iops: 3000,
      kmsKeyId: "",
      tagsAll: {},
      throughput: 125,
      volumeId: id(draft, "vol", "root volume"),
      volumeSize: 8,
      volumeType: "gp3",
      ...draft.object("rootBlockDevice"),
    },
  };
});

const eip: Model = prefixed("eipalloc", "elastic-ip", (draft, allocationId) => {
  const { ip, dns } = publicAddress(draft);
  return {
    allocationId,
    publicIp: ip,
    publicDns: dns,
    domain: draft.text("domain") ?? "vpc",
    networkBorderGroup: draft.text("networkBorderGroup") ?? draft.region,
    publicIpv4Pool: draft.text("publicIpv4Pool") ?? "amazon",
    // Not associated, and no carrier or customer address.
    associationId: "",
    carrierIp: "",
    customerOwnedIp: "",
    privateDns: "",
    privateIp: "",
    ptrRecord: "",
  };
});

/** Models of `aws:ec2/*` and `aws:vpc/*`. */
export const ec2: Models = {
  "ec2/vpc": vpc,
  "ec2/defaultVpc": vpc,
  "ec2/subnet": subnet,
  "ec2/defaultSubnet": subnet,
  "ec2/securityGroup": securityGroup,
  "ec2/defaultSecurityGroup": securityGroup,
  "ec2/securityGroupRule": prefixed("sgrule", undefined, (draft) => ({
    securityGroupRuleId: id(draft, "sgr", "rule"),
  })),
  "vpc/securityGroupIngressRule": securityGroupRule,
  "vpc/securityGroupEgressRule": securityGroupRule,
  "ec2/instance": instance,
  "ec2/spotInstanceRequest": { ...instance, id: (draft) => `sir-${draft.hex(8, "id")}` },
  "ec2/launchTemplate": prefixed("lt", "launch-template", (draft) => ({
    name: draft.physicalName,
    defaultVersion: 1,
    latestVersion: 1,
  })),
  "ec2/launchConfiguration": named((draft, name) =>
    draft.arn("autoscaling", `launchConfiguration:${draft.hex(32, "arn")}:launchConfigurationName/${name}`),
  ),
  "ec2/eip": eip,
  "ec2/eipAssociation": prefixed("eipassoc"),
  "ec2/natGateway": prefixed("nat", "natgateway", (draft) => ({
    publicIp: draft.text("connectivityType") === "private" ? "" : publicAddress(draft).ip,
    privateIp: privateAddress(draft).ip,
    networkInterfaceId: id(draft, "eni", "network interface"),
    associationId: id(draft, "eipassoc", "association"),
    vpcId: draft.text("vpcId") ?? id(draft, "vpc", "vpc"),
    // Only for regional gateways.
    autoProvisionZones: "",
    autoScalingIps: "",
    regionalNatGatewayAutoMode: "",
    routeTableId: "",
  })),
  "ec2/internetGateway": prefixed("igw", "internet-gateway", (draft) => ({
    vpcId: draft.text("vpcId") ?? "",
  })),
  "ec2/egressOnlyInternetGateway": prefixed("eigw", "egress-only-internet-gateway"),
  "ec2/routeTable": prefixed("rtb", "route-table"),
  "ec2/defaultRouteTable": prefixed("rtb", "route-table", (draft) => ({ vpcId: id(draft, "vpc", "vpc") })),
  "ec2/routeTableAssociation": prefixed("rtbassoc"),
  "ec2/mainRouteTableAssociation": prefixed("rtbassoc"),
  "ec2/route": {
    id: (draft) => `r-${draft.text("routeTableId") ?? id(draft, "rtb", "route table")}${draft.hex(10, "id")}`,
    outputs: () => ({ origin: "CreateRoute", state: "active" }),
  },
  "ec2/networkAcl": prefixed("acl", "network-acl"),
  "ec2/defaultNetworkAcl": prefixed("acl", "network-acl", (draft) => ({ vpcId: id(draft, "vpc", "vpc") })),
  "ec2/networkInterface": prefixed("eni", "network-interface", (draft) => ({
    privateIp: privateAddress(draft).ip,
    privateDnsName: privateAddress(draft).dns,
    macAddress: (draft.hex(10, "mac").match(/../g) ?? []).reduce((mac, byte) => `${mac}:${byte}`, "02"),
  })),
  "ec2/vpcEndpoint": prefixed("vpce", "vpc-endpoint", (draft, endpoint) => ({
    state: "available",
    ipAddressType: draft.text("ipAddressType") ?? "ipv4",
    prefixListId: draft.text("vpcEndpointType") === "Interface" ? "" : `pl-${draft.hex(8, "prefix list")}`,
    dnsEntries: endpointNames(draft, endpoint),
    serviceRegion: draft.text("serviceRegion") ?? draft.region,
  })),
  "ec2/vpcEndpointService": prefixed("vpce-svc", "vpc-endpoint-service", (draft, service) => ({
    serviceName: `com.amazonaws.vpce.${draft.region}.${service}`,
    serviceType: draft.list("gatewayLoadBalancerArns").length > 0 ? "GatewayLoadBalancer" : "Interface",
  })),
  "ec2/vpcPeeringConnection": prefixed("pcx", undefined, () => ({ acceptStatus: "active" })),
  "ec2/vpcDhcpOptions": prefixed("dopt", "dhcp-options"),
  "ec2/flowLog": prefixed("fl", "vpc-flow-log"),
  "ec2/managedPrefixList": prefixed("pl", "prefix-list", () => ({ version: 1 })),
  "ec2/keyPair": {
    id: (draft) => draft.text("keyName") ?? draft.name,
    outputs: (draft, id) => ({
      arn: draft.arn("ec2", `key-pair/${id}`),
      keyName: id,
      keyPairId: `key-${draft.hex(17, "id")}`,
      keyType: "rsa",
    }),
  },
  "ec2/ami": prefixed("ami", "image"),
  "ec2/amiCopy": prefixed("ami", "image"),
  "ec2/placementGroup": named((draft, name) => draft.arn("ec2", `placement-group/${name}`)),
  "ec2/transitGateway": prefixed("tgw", "transit-gateway"),
  "ec2transitgateway/transitGateway": prefixed("tgw", "transit-gateway"),
  "ec2transitgateway/vpcAttachment": prefixed("tgw-attach", "transit-gateway-attachment"),
  "ec2/vpnGateway": prefixed("vgw", "vpn-gateway"),
  "ec2/customerGateway": prefixed("cgw", "customer-gateway"),
  "ec2/vpnConnection": prefixed("vpn", "vpn-connection"),
  "ec2/volumeAttachment": joined(":", "volumeId", "instanceId", "deviceName"),
  "ebs/volume": prefixed("vol", "volume"),
  "ebs/snapshot": prefixed("snap", "snapshot"),
};

/** An interface endpoint's host names; gateway endpoints have none. */
function endpointNames(draft: Draft, endpoint: string): { dnsName: string; hostedZoneId: string }[] {
  if (draft.text("vpcEndpointType") !== "Interface") return [];
  // `com.amazonaws.<region>.<service>`
  const service = (draft.text("serviceName") ?? "").split(".").slice(3).reverse().join(".");
  const dnsName = `${endpoint}-${draft.hex(8, "dns")}.${service}.${draft.region}.vpce.${draft.dnsSuffix}`;
  return [{ dnsName, hostedZoneId: `Z${draft.hex(13, "zone").toUpperCase()}` }];
}
