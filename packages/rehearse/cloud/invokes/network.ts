/**
 * Existing networks. The answers of functions are consistent: the subnets of a made-up VPC are in its zones and refer
 * to the VPC.
 */
import type { Value } from "../../values";
import { hex } from "../hash";
import { zones } from "../regions";
import type { Draft } from "../resources/draft";
import { type Answers, filters, texts } from "./answer";

/** One made-up subnet in each of at most three zones. */
const subnetCount = (call: Draft): number => Math.min(3, zones(call.region).length);

/** The id of a made-up VPC ends in 0, so that it follows from its subnets' ids, which end in 1, 2, 3. */
const made = (call: Draft, what: string): string =>
  `vpc-${hex(`${call.accountId} ${call.region} ${what}`, 16)}0`;

const subnetOf = (vpcId: string, index: number): string =>
  `subnet-${vpcId.replace(/^vpc-/, "").slice(0, 16).padEnd(16, "0")}${index + 1}`;

/** The criteria of a lookup by tags or filters, to distinguish lookups. */
const criteria = (call: Draft): string =>
  JSON.stringify([call.inputs["tags"] ?? {}, [...filters(call.inputs)], call.text("name") ?? ""]);

function vpcId(call: Draft): string {
  const given = call.text("id") ?? filters(call.inputs).get("vpc-id")?.[0];
  if (given !== undefined) return given;
  const isDefault = call.flag("default") || filters(call.inputs).get("is-default")?.[0] === "true";
  return made(call, isDefault ? "default vpc" : criteria(call));
}

function vpc(call: Draft): Record<string, Value> {
  const id = vpcId(call);
  const isDefault = id === made(call, "default vpc");
  return {
    id,
    arn: call.arn("ec2", `vpc/${id}`),
    cidrBlock: call.text("cidrBlock") ?? (isDefault ? "172.31.0.0/16" : "10.0.0.0/16"),
    default: isDefault,
    dhcpOptionsId: `dopt-${hex(`${id} dhcp options`, 17)}`,
    enableDnsHostnames: true,
    enableDnsSupport: true,
    instanceTenancy: "default",
    ipv6AssociationId: "",
    ipv6CidrBlock: "",
    mainRouteTableId: `rtb-${hex(`${id} route table`, 17)}`,
    ownerId: call.accountId,
    state: call.text("state") ?? "available",
    tags: call.inputs["tags"] ?? {},
  };
}

/** The VPC in a lookup of subnets. */
const enclosingVpc = (call: Draft): string =>
  filters(call.inputs).get("vpc-id")?.[0] ?? call.text("vpcId") ?? made(call, "default vpc");

function subnet(call: Draft): Record<string, Value> {
  const wanted = filters(call.inputs);
  const all = zones(call.region);
  const zoneName = call.text("availabilityZone") ?? wanted.get("availability-zone")?.[0];
  const zoneIndex = Math.max(
    0,
    all.findIndex(({ name, id }) => name === zoneName || id === call.text("availabilityZoneId")),
  );
  const id = call.text("id") ?? wanted.get("subnet-id")?.[0] ?? subnetOf(enclosingVpc(call), zoneIndex);
  const index = /^subnet-[0-9a-f]{16}[1-3]$/.test(id) ? Number(id.at(-1)) - 1 : zoneIndex;
  const zone = all[index % all.length];
  const owner =
    call.text("vpcId") ?? wanted.get("vpc-id")?.[0] ?? `vpc-${id.replace(/^subnet-/, "").slice(0, 16)}0`;
  const isDefault = owner === made(call, "default vpc");
  return {
    id,
    arn: call.arn("ec2", `subnet/${id}`),
    availabilityZone: zone?.name ?? "",
    availabilityZoneId: zone?.id ?? "",
    availableIpAddressCount: 4091,
    cidrBlock: call.text("cidrBlock") ?? `${isDefault ? "172.31" : "10.0"}.${index * 16}.0/20`,
    customerOwnedIpv4Pool: "",
    defaultForAz: isDefault,
    ipv6CidrBlock: "",
    ipv6CidrBlockAssociationId: "",
    mapPublicIpOnLaunch: isDefault,
    outpostArn: "",
    ownerId: call.accountId,
    privateDnsHostnameTypeOnLaunch: "ip-name",
    state: "available",
    tags: call.inputs["tags"] ?? {},
    vpcId: owner,
  };
}

function subnets(call: Draft): Record<string, Value> {
  const wanted = filters(call.inputs);
  const given = wanted.get("subnet-id");
  const inZones = wanted.get("availability-zone");
  const ids = zones(call.region)
    .slice(0, subnetCount(call))
    .flatMap(({ name }, i) =>
      inZones === undefined || inZones.includes(name) ? [subnetOf(enclosingVpc(call), i)] : [],
    );
  return { id: call.region, ids: given === undefined ? ids : [...given], tags: call.inputs["tags"] ?? {} };
}

function securityGroup(call: Draft): Record<string, Value> {
  const wanted = filters(call.inputs);
  const vpcId = call.text("vpcId") ?? wanted.get("vpc-id")?.[0] ?? made(call, "default vpc");
  const name = call.text("name") ?? wanted.get("group-name")?.[0] ?? "default";
  const id =
    call.text("id") ?? wanted.get("group-id")?.[0] ?? `sg-${hex(`${vpcId} ${name} ${criteria(call)}`, 17)}`;
  return {
    id,
    arn: call.arn("ec2", `security-group/${id}`),
    description: name === "default" ? "default VPC security group" : name,
    name,
    tags: call.inputs["tags"] ?? {},
    vpcId,
  };
}

/** Ids of AWS's prefix list for CloudFront's origin-facing servers. Source: DescribeManagedPrefixLists. */
const CLOUDFRONT_LISTS: Readonly<Record<string, string>> = {
  "ap-northeast-1": "pl-58a04531",
  "ap-northeast-2": "pl-22a6434b",
  "ap-northeast-3": "pl-31a14458",
  "ap-south-1": "pl-9aa247f3",
  "ap-southeast-1": "pl-31a34658",
  "ap-southeast-2": "pl-b8a742d1",
  "ca-central-1": "pl-38a64351",
  "eu-central-1": "pl-a3a144ca",
  "eu-north-1": "pl-fab65393",
  "eu-west-1": "pl-4fa04526",
  "eu-west-2": "pl-93a247fa",
  "eu-west-3": "pl-75b1541c",
  "sa-east-1": "pl-5da64334",
  "us-east-1": "pl-3b927c52",
  "us-east-2": "pl-b6a144df",
  "us-west-1": "pl-4ea04527",
  "us-west-2": "pl-82a045eb",
};

/** Ids of the prefix list for S3. Source: DescribePrefixLists. */
const S3_LISTS: Readonly<Record<string, string>> = {
  "ap-northeast-1": "pl-61a54008",
  "ap-northeast-2": "pl-78a54011",
  "ap-southeast-1": "pl-6fa54006",
  "eu-central-1": "pl-6ea54007",
  "eu-west-1": "pl-6da54004",
  "sa-east-1": "pl-6aa54003",
  "us-east-1": "pl-63a5400a",
  "us-west-1": "pl-6ba54002",
  "us-west-2": "pl-68a54001",
};

/**
 * The address ranges of Route 53's health checkers. Source: ip-ranges.json.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/route-53-ip-addresses.html
 */
const HEALTH_CHECKERS = [
  "15.177.0.0/18",
  "54.183.255.128/26",
  "54.228.16.0/26",
  "54.232.40.64/26",
  "54.241.32.64/26",
  "54.243.31.192/26",
  "54.244.52.192/26",
  "54.245.168.0/26",
  "54.248.220.0/26",
  "54.250.253.192/26",
  "54.251.31.128/26",
  "54.252.79.128/26",
  "54.252.254.192/26",
  "54.255.254.192/26",
  "107.23.255.0/26",
  "176.34.159.192/26",
  "177.71.207.128/26",
];

/** Address ranges of AWS, in all Regions, for the one service that is known here. */
function ipRanges(call: Draft): Record<string, Value> | undefined {
  const services = call.inputs["services"];
  const [only, ...others] = Array.isArray(services) ? services : [];
  const isKnown =
    typeof only === "string" && only.toLowerCase() === "route53_healthchecks" && others.length === 0;
  if (!isKnown || call.inputs["regions"] !== undefined) return undefined;
  return { cidrBlocks: [...HEALTH_CHECKERS].sort(), ipv6CidrBlocks: [] };
}

/** AWS's own prefix lists; for others, made-up ids of the same format. */
function prefixList(call: Draft): { id: string; name: string } | undefined {
  const given =
    call.text("id") ?? call.text("prefixListId") ?? filters(call.inputs).get("prefix-list-id")?.[0];
  const name = call.text("name") ?? filters(call.inputs).get("prefix-list-name")?.[0];
  if (given !== undefined) return { id: given, name: name ?? given };
  if (name === undefined) return undefined;
  const known =
    name === "com.amazonaws.global.cloudfront.origin-facing"
      ? CLOUDFRONT_LISTS[call.region]
      : name === `com.amazonaws.${call.region}.s3`
        ? S3_LISTS[call.region]
        : undefined;
  return { id: known ?? `pl-${hex(`${call.region} ${name}`, 8)}`, name };
}

/** Functions about networks. */
export const network: Answers = {
  // `@pulumi/aws` up to version 4.
  "aws:ec2/getSubnetIds:getSubnetIds": (call) => ({ ids: subnets(call)["ids"], id: enclosingVpc(call) }),
  // Every subnet of a default VPC assigns public addresses to its instances.
  "awsx:ec2:getDefaultVpc": (call) => {
    const id = made(call, "default vpc");
    const ids = zones(call.region)
      .slice(0, subnetCount(call))
      .map((_, index) => subnetOf(id, index));
    return { vpcId: id, publicSubnetIds: ids, privateSubnetIds: [] };
  },
  "aws:ec2/getVpc:getVpc": vpc,
  "aws:ec2/getVpcs:getVpcs": (call) => ({
    id: call.region,
    ids: [vpcId(call)],
    tags: call.inputs["tags"] ?? {},
  }),
  "aws:ec2/getSubnet:getSubnet": subnet,
  "aws:ec2/getSubnets:getSubnets": subnets,
  "aws:ec2/getSecurityGroup:getSecurityGroup": securityGroup,
  "aws:ec2/getSecurityGroups:getSecurityGroups": (call) => {
    const { id, arn, vpcId } = securityGroup(call);
    return { id: call.region, ids: [id ?? ""], arns: [arn ?? ""], vpcIds: texts([vpcId ?? ""]) };
  },
  "aws:index/getIpRanges:getIpRanges": ipRanges,
  "aws:ec2/getPrefixList:getPrefixList": (call) => {
    const list = prefixList(call);
    return list && { ...list, cidrBlocks: [] };
  },
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": (call) => {
    const list = prefixList(call);
    const aws = list?.name.startsWith("com.amazonaws.") === true;
    return (
      list && {
        ...list,
        arn: call
          .arn("ec2", `prefix-list/${list.id}`)
          .replace(`:${call.accountId}:`, aws ? ":aws:" : `:${call.accountId}:`),
        addressFamily: "IPv4",
        maxEntries: aws ? 0 : 10,
        ownerId: aws ? "AWS" : call.accountId,
        version: aws ? 0 : 1,
        tags: {},
      }
    );
  },
};
