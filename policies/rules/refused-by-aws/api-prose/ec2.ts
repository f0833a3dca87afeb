import {
  DEFAULT_SECURITY_GROUP,
  FLOW_LOG,
  INGRESS_RULE,
  INSTANCE,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  PREFIX_LIST,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
  SPOT_FLEET,
  SUBNET,
  VPC,
  VPC_RANGE,
} from "../../../resources";
import { isList, read, readList } from "../../../read";
import { readEach } from "../../../read-each";
import { between, oneOf, scalar, text, wholeNumber } from "../known";
import { all, characters, each, expecting, form, isSet } from "./line";
import type { Limit, Line } from "./line";
import { EGRESS_RULE, NAT_GATEWAY, VOLUME, VPC_ENDPOINT } from "./types";

const API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";

const GROUP_TEXT = characters(
  255,
  "up to 255 characters: a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*",
  /[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/gu,
);

/** AWS limits user data to 16 KB before base64 encoding. */
const USER_DATA: Limit = {
  got: (value) => {
    const bytes = typeof value === "string" ? rawSize(value) : 0;
    return bytes > 16_384 ? `has ${bytes} bytes before it is base64-encoded` : undefined;
  },
  allowed: "at most 16,384 bytes",
};

/** The size before encoding. The provider encodes user data that is not base64 yet. */
function rawSize(data: string): number {
  return isBase64(data) ? Buffer.from(data, "base64").length : Buffer.byteLength(data);
}

function isBase64(data: string): boolean {
  const text = data.replace(/[\r\n]/g, "");
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

/** Properties that must be set in the network interfaces if there are any, not on the instance itself. */
function besideInterfaces(interfaces: readonly string[], others: readonly string[]): Line["problems"] {
  const isGiven = (props: unknown, property: string): boolean => {
    const list = readList(props, [property]);
    return isList(list) ? list.length > 0 : list.kind !== "absent";
  };
  return (props) => {
    const given = interfaces.find((property) => isGiven(props, property));
    return given === undefined
      ? []
      : others.map((property) =>
          isGiven(props, property)
            ? `${property} and ${given} are both set; AWS then allows ${property} only in the network interfaces`
            : undefined,
        );
  };
}

const USER_DATA_PAGE = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html";

/** By volume type: the size in GiB, and the IOPS if they can be set. */
const VOLUMES: Readonly<Record<string, { readonly size: Limit; readonly iops?: Limit }>> = {
  gp2: { size: expecting(between(1, 16_384)) },
  gp3: { size: expecting(between(1, 65_536)), iops: expecting(between(3_000, 80_000)) },
  io1: { size: expecting(between(4, 16_384)), iops: expecting(between(100, 64_000)) },
  io2: { size: expecting(between(4, 65_536)), iops: expecting(between(100, 256_000)) },
  st1: { size: expecting(between(125, 16_384)) },
  sc1: { size: expecting(between(125, 16_384)) },
  standard: { size: expecting(between(1, 1_024)) },
};

/**
 * Source: https://docs.aws.amazon.com/ebs/latest/userguide/provisioned-iops.html, and general-purpose.html beside it.
 */
const IOPS_PER_GIB: Readonly<Record<string, number>> = { gp3: 500, io1: 50, io2: 1_000 };

const THROUGHPUT = expecting(between(125, 2_000));

/**
 * @param paths where the volumes are; "" for the resource itself
 * @param names of the properties for size and type
 */
function volumeProblems(
  paths: readonly string[],
  names: { readonly size: string; readonly type: string },
): Line["problems"] {
  return (props) =>
    paths.flatMap((path) =>
      readEach(props, path)
        .filter(({ reading }) => reading.kind === "known")
        .flatMap(({ label, reading }) => {
          const volume = reading.kind === "known" ? reading.value : undefined;
          const type = text(read(volume, [names.type])) ?? "";
          const limits = Object.hasOwn(VOLUMES, type) ? VOLUMES[type]! : undefined;
          if (limits === undefined) return [];
          const prefix = label === "" ? "" : `${label}.`;
          const problem = (property: string, limit: Limit): string | undefined => {
            const value = read(volume, [property]);
            const got =
              value.kind === "known" && !isLeftOut(value.value) ? limit.got(value.value) : undefined;
            return got === undefined
              ? undefined
              : `${prefix}${property} ${got}, but ${names.type} is "${type}"; AWS allows ${limit.allowed} for this type`;
          };
          const needsIops = type.startsWith("io") && read(volume, ["iops"]).kind === "absent";
          return [
            problem(names.size, limits.size),
            limits.iops ? problem("iops", limits.iops) : undefined,
            type === "gp3" ? problem("throughput", THROUGHPUT) : undefined,
            needsIops
              ? `${prefix}${names.type} is "${type}", but iops is not set; AWS requires it for this type`
              : undefined,
          ];
        }),
    );
}

/** Combinations of properties of one volume. */
function volumePairProblems(
  label: string,
  volume: unknown,
  names: { size: string; type: string },
): (string | undefined)[] {
  const type = text(read(volume, [names.type])) ?? "";
  if (!Object.hasOwn(VOLUMES, type)) return [];
  const [size, iops, throughput] = [names.size, "iops", "throughput"].map((name) =>
    wholeNumber(read(volume, [name])),
  );
  const prefix = label === "" ? "" : `${label}.`;
  const perGib = IOPS_PER_GIB[type];
  const isIopsKnown = read(volume, ["iops"]).kind !== "unknown";
  return [
    perGib === undefined && (iops ?? 0) > 0
      ? `${prefix}iops is set, but ${names.type} is "${type}"; AWS allows it only with gp3, io1 and io2`
      : undefined,
    // Regardless of size, gp3 has 3,000 IOPS, and the others may have 100.
    perGib !== undefined &&
    size !== undefined &&
    (iops ?? 0) > Math.max(size * perGib, type === "gp3" ? 3_000 : 100)
      ? `${prefix}iops is ${iops}, but ${names.size} is ${size}; AWS allows at most ${perGib} for each GiB of ${type}`
      : undefined,
    type !== "gp3" && (throughput ?? 0) > 0
      ? `${prefix}throughput is set, but ${names.type} is "${type}"; AWS allows it only with gp3`
      : undefined,
    type === "gp3" && isIopsKnown && (throughput ?? 0) > (iops ?? 3_000) / 4
      ? `${prefix}throughput is ${throughput}, but iops is ${iops ?? "3000, the default"}; AWS allows at most a quarter of iops`
      : undefined,
  ];
}

/** The provider does not send zero. */
function isLeftOut(value: unknown): boolean {
  return scalar(value) === "0";
}

/** Security groups, user data, volumes and networks. */
export const EC2 = {
  "security-group-name": {
    types: SECURITY_GROUP,
    problems: each(
      ["name", "namePrefix"],
      all(
        GROUP_TEXT,
        expecting({
          accepts: (value) => !(scalar(value) ?? "").startsWith("sg-"),
          allowed: 'no "sg-" at the beginning',
          vocabulary: /^sg-$/,
        }),
      ),
    ),
    example: { name: "store-web" },
    source: `${API}/API_CreateSecurityGroup.html`,
  },
  "security-group-description": {
    types: SECURITY_GROUP,
    problems: each(["description"], GROUP_TEXT),
    example: { description: "HTTPS from anywhere, and HTTP to be redirected" },
    source: `${API}/API_CreateSecurityGroup.html`,
  },
  "inline-rule-description": {
    types: [...SECURITY_GROUP, ...DEFAULT_SECURITY_GROUP],
    problems: each(["ingress.*.description", "egress.*.description"], GROUP_TEXT),
    example: {
      ingress: [{ description: "HTTPS from the office", protocol: "tcp", fromPort: 443, toPort: 443 }],
    },
    source: `${API}/API_IpRange.html`,
  },
  "rule-description": {
    types: [...SECURITY_GROUP_RULE, ...INGRESS_RULE, ...EGRESS_RULE],
    problems: each(["description"], GROUP_TEXT),
    example: { description: "HTTPS from the office (VPN)" },
    source: `${API}/API_IpRange.html`,
  },
  "prefix-list-name": {
    types: PREFIX_LIST,
    problems: each(
      ["name"],
      all(
        characters(255, "up to 255 characters"),
        form((name) => !name.startsWith("com.amazonaws"), 'no "com.amazonaws" at the beginning'),
      ),
    ),
    example: { name: "offices" },
    source: `${API}/API_CreateManagedPrefixList.html`,
  },
  "user-data-size": {
    types: [...LAUNCH_TEMPLATE, ...LAUNCH_CONFIGURATION, ...INSTANCE],
    problems: each(["userData", "userDataBase64"], USER_DATA),
    example: { userData: Buffer.from("#!/bin/sh\nexec /opt/shop/start\n").toString("base64") },
    source: USER_DATA_PAGE,
  },
  "spot-fleet-user-data-size": {
    types: SPOT_FLEET,
    problems: each(["launchSpecifications.*.userData"], USER_DATA),
    example: { launchSpecifications: [{ userData: "#!/bin/sh\nexec /opt/shop/start\n" }] },
    source: USER_DATA_PAGE,
  },
  "launch-template-user-data": {
    types: LAUNCH_TEMPLATE,
    // The provider encodes the user data of an instance, but not of a launch template.
    problems: each(["userData"], form(isBase64, "a base64-encoded string")),
    example: { userData: Buffer.from("#!/bin/sh\nexec /opt/shop/start\n").toString("base64") },
    source: `${API}/API_RequestLaunchTemplateData.html`,
  },
  "user-data-base64": {
    types: [...LAUNCH_CONFIGURATION, ...INSTANCE],
    problems: each(["userDataBase64"], form(isBase64, "a base64-encoded string")),
    example: { userDataBase64: Buffer.from("#!/bin/sh\nexec /opt/shop/start\n").toString("base64") },
    source: USER_DATA_PAGE,
  },
  "launch-template-groups": {
    types: LAUNCH_TEMPLATE,
    problems: besideInterfaces(["networkInterfaces"], ["vpcSecurityGroupIds", "securityGroupNames"]),
    example: { networkInterfaces: [{ securityGroups: ["sg-0123456789abcdef0"] }] },
    source: `${API}/API_RequestLaunchTemplateData.html`,
  },
  "instance-network": {
    types: INSTANCE,
    problems: besideInterfaces(
      ["networkInterfaces", "primaryNetworkInterface"],
      [
        "subnetId",
        "vpcSecurityGroupIds",
        "securityGroups",
        "associatePublicIpAddress",
        "privateIp",
        "secondaryPrivateIps",
        "ipv6Addresses",
        "ipv6AddressCount",
      ],
    ),
    example: { primaryNetworkInterface: { networkInterfaceId: "eni-0123456789abcdef0" } },
    source: `${API}/API_RunInstances.html`,
  },
  "metadata-hop-limit": {
    types: [...LAUNCH_TEMPLATE, ...LAUNCH_CONFIGURATION, ...INSTANCE],
    problems: each(["metadataOptions.httpPutResponseHopLimit"], expecting(between(1, 64))),
    example: { metadataOptions: { httpPutResponseHopLimit: 2 } },
    source: `${API}/API_LaunchTemplateInstanceMetadataOptionsRequest.html`,
  },
  "launch-template-volumes": {
    types: LAUNCH_TEMPLATE,
    problems: volumeProblems(["blockDeviceMappings.*.ebs"], { size: "volumeSize", type: "volumeType" }),
    example: {
      blockDeviceMappings: [{ ebs: { volumeType: "gp3", volumeSize: 8, iops: 3_000, throughput: 125 } }],
    },
    source: `${API}/API_EbsBlockDevice.html`,
  },
  "instance-volumes": {
    types: [...INSTANCE, ...LAUNCH_CONFIGURATION],
    problems: volumeProblems(["rootBlockDevice", "ebsBlockDevices.*"], {
      size: "volumeSize",
      type: "volumeType",
    }),
    example: { rootBlockDevice: { volumeType: "io2", volumeSize: 100, iops: 5_000 } },
    source: `${API}/API_EbsBlockDevice.html`,
  },
  volumes: {
    types: VOLUME,
    problems: volumeProblems([""], { size: "size", type: "type" }),
    example: { type: "st1", size: 500 },
    source: `${API}/API_CreateVolume.html`,
  },
  "volume-pairs": {
    types: [...VOLUME, ...INSTANCE, ...LAUNCH_CONFIGURATION, ...LAUNCH_TEMPLATE],
    problems: (props) => [
      ...volumePairProblems("", props, { size: "size", type: "type" }),
      ...["rootBlockDevice", "ebsBlockDevices.*", "blockDeviceMappings.*.ebs"]
        .flatMap((path) => readEach(props, path))
        .flatMap(({ label, reading }) =>
          reading.kind === "known"
            ? volumePairProblems(label, reading.value, { size: "volumeSize", type: "volumeType" })
            : [],
        ),
    ],
    example: { type: "gp3", size: 100, iops: 6_000, throughput: 1_000 },
    source: "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html",
  },
  "cidr-sizes": {
    types: [...VPC, ...VPC_RANGE, ...SUBNET],
    problems: (props) => {
      const [, digits] = /^[\d.]+\/(\d{1,2})$/.exec(text(read(props, ["cidrBlock"])) ?? "") ?? [];
      return [
        digits !== undefined && (+digits < 16 || +digits > 28)
          ? `cidrBlock has a prefix length of ${+digits}; AWS allows 16 to 28`
          : undefined,
      ];
    },
    example: { cidrBlock: "10.0.0.0/16" },
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
  },
  "vpc-dns": {
    types: VPC,
    problems: (props) => {
      const [names, support] = ["enableDnsHostnames", "enableDnsSupport"].map((property) => {
        const reading = read(props, [property]);
        return reading.kind === "known" ? scalar(reading.value) : undefined;
      });
      return [
        names === "true" && support === "false"
          ? "enableDnsHostnames is true, but enableDnsSupport is false; AWS allows DNS hostnames only with DNS support"
          : undefined,
      ];
    },
    example: { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, enableDnsSupport: true },
    source: `${API}/API_ModifyVpcAttribute.html`,
  },
  "flow-log-interval": {
    types: FLOW_LOG,
    problems: each(["maxAggregationInterval"], expecting(oneOf(["60", "600"], ["\\d{1,9}"]))),
    example: { maxAggregationInterval: 60 },
    source: `${API}/API_CreateFlowLogs.html`,
  },
  "endpoint-kind": {
    types: VPC_ENDPOINT,
    problems: (props) => {
      const isGateway =
        !isSet(props, "vpcEndpointType") || text(read(props, ["vpcEndpointType"])) === "Gateway";
      return [
        ...(isGateway ? ["privateDnsEnabled", "securityGroupIds", "subnetIds"] : ["routeTableIds"]).map(
          (name) =>
            isSet(props, name) && read(props, ["vpcEndpointType"]).kind !== "unknown"
              ? `${name} is set, but vpcEndpointType is ${isGateway ? '"Gateway", the default' : 'not "Gateway"'}; AWS allows it for ${isGateway ? "other types" : "gateway endpoints"} only`
              : undefined,
        ),
        ...each(
          ["serviceName"],
          form((name) => name.includes("."), "a full name such as com.amazonaws.eu-west-1.s3"),
        )(props),
      ];
    },
    example: { serviceName: "com.amazonaws.eu-west-1.s3", routeTableIds: ["rtb-0123456789abcdef0"] },
    source: `${API}/API_CreateVpcEndpoint.html`,
  },
  "private-nat-gateway": {
    types: NAT_GATEWAY,
    problems: (props) => [
      text(read(props, ["connectivityType"])) === "private" && isSet(props, "allocationId")
        ? 'allocationId is set, but connectivityType is "private"; AWS allows no Elastic IP address for a private NAT gateway'
        : undefined,
    ],
    example: { connectivityType: "private", subnetId: "subnet-0123456789abcdef0" },
    source: `${API}/API_CreateNatGateway.html`,
  },
} satisfies Readonly<Record<string, Line>>;
