/** Location and identity: regions, zones, partition, account, and functions on ARNs. */
import type { Value } from "../../values";
import { formatArn, parseArn } from "../arn";
import { letters } from "../hash";
import { dnsSuffix, localZones, partitionOf, regionFacts, regionNames, type Zone, zones } from "../regions";
import type { Draft } from "../resources/draft";
import { type Answers, filters, InvokeFailed, matches, texts } from "./answer";

/** The attributes of a zone, by the names of EC2's filters. */
function zoneFacts(zone: Zone, region: string): Record<string, string> {
  const local = zone.type === "local-zone";
  return {
    "group-name": zone.group,
    "network-border-group": local ? zone.group : region,
    "opt-in-status": local ? "not-opted-in" : "opt-in-not-required",
    "parent-zone-id": zone.parent?.id ?? "",
    "parent-zone-name": zone.parent?.name ?? "",
    "region-name": region,
    state: "available",
    "zone-id": zone.id,
    "zone-name": zone.name,
    "zone-type": zone.type,
  };
}

/** The zones that match the arguments; undefined for a filter without known attributes. */
function zonesFor(call: Draft): Zone[] | undefined {
  const all = [...zones(call.region), ...(call.flag("allAvailabilityZones") ? localZones(call.region) : [])];
  const wanted = [
    ...filters(call.inputs),
    ["state", call.text("state") === undefined ? ["*"] : [call.text("state") ?? ""]] as const,
  ];
  const known = Object.keys(all[0] === undefined ? {} : zoneFacts(all[0], call.region));
  if (wanted.some(([name]) => !known.includes(name))) return undefined;
  return all.filter((zone) => {
    const facts = zoneFacts(zone, call.region);
    return wanted.every(([name, patterns]) => matches(facts[name] ?? "", patterns));
  });
}

/** A service as the `getService` function returns it. */
function service(call: Draft): Record<string, Value> | undefined {
  const reverse = call.text("reverseDnsName") ?? call.text("dnsName")?.split(".").reverse().join(".");
  const parts = reverse?.split(".") ?? [];
  if (reverse !== undefined && parts.length < 4) {
    throw new InvokeFailed(`service DNS names must have at least 4 parts: ${reverse} has ${parts.length}`);
  }
  const serviceId = parts.at(-1) ?? call.text("serviceId");
  if (serviceId === undefined) {
    throw new InvokeFailed("service ID not provided directly or through a DNS name");
  }
  const region = parts.at(-2) ?? call.region;
  const prefix = parts.slice(0, -2).join(".") || (call.text("reverseDnsPrefix") ?? reversed(call.dnsSuffix));
  const name = `${prefix}.${region}.${serviceId}`;
  return {
    dnsName: reversed(name).toLowerCase(),
    id: name,
    partition: partitionOf(region),
    region,
    reverseDnsName: name,
    reverseDnsPrefix: prefix,
    serviceId,
    supported: true,
  };
}

const reversed = (name: string): string => name.split(".").reverse().join(".");

/** Services whose principals in China end like their hosts. Source: aws-cdk `region-info/lib/default.ts`. */
const CHINESE_PRINCIPALS = new Set(["codedeploy", "elasticmapreduce", "logs"]);

/** Parses an ARN argument, or refuses it as the provider does. */
function arnArgument(call: Draft): ReturnType<typeof parseArn> & object {
  const text = call.text("arn") ?? "";
  const arn = parseArn(text);
  if (arn === undefined)
    throw new InvokeFailed(`"arn" (${text}) is an invalid ARN: arn: invalid prefix or sections`);
  return arn;
}

/** Functions without a service. */
export const place: Answers = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": (call) => {
    const excludedNames = texts(call.inputs["excludeNames"]);
    const excludedIds = texts(call.inputs["excludeZoneIds"]);
    const found = zonesFor(call)?.filter(
      ({ name, id }) => !excludedNames.includes(name) && !excludedIds.includes(id),
    );
    return (
      found && {
        id: call.region,
        groupNames: [...new Set(found.map(({ group }) => group))],
        names: found.map(({ name }) => name),
        zoneIds: found.map(({ id }) => id),
      }
    );
  },
  "aws:index/getAvailabilityZone:getAvailabilityZone": (call) => {
    const all = zonesFor(call);
    if (all === undefined) return undefined;
    const name = call.text("name");
    const zoneId = call.text("zoneId");
    const found = all.filter((zone) => (name ?? zone.name) === zone.name && (zoneId ?? zone.id) === zone.id);
    const [zone] = found;
    if (zone === undefined) throw new InvokeFailed("no matching EC2 Availability Zone found");
    if (found.length > 1)
      throw new InvokeFailed(
        "multiple EC2 Availability Zones matched; use additional constraints to reduce matches to a single EC2 Availability Zone",
      );
    const facts = zoneFacts(zone, call.region);
    return {
      id: zone.name,
      name: zone.name,
      nameSuffix: zone.name.slice(call.region.length).replace(/^-/, ""),
      zoneId: zone.id,
      zoneType: zone.type,
      groupName: zone.group,
      groupLongName: `${regionFacts(call.region)?.description ?? call.region} 1`,
      networkBorderGroup: facts["network-border-group"],
      optInStatus: facts["opt-in-status"],
      parentZoneId: facts["parent-zone-id"],
      parentZoneName: facts["parent-zone-name"],
      state: "available",
    };
  },
  "aws:index/getCallerIdentity:getCallerIdentity": (call) => ({
    accountId: call.accountId,
    arn: call.globalArn("iam", "user/rehearsal"),
    id: call.accountId,
    userId: `AIDA${letters(call.accountId, 17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
  }),
  "aws:index/getRegion:getRegion": (call) => {
    // The region can also be given by its older name or by its EC2 endpoint.
    const endpoint = call.text("endpoint");
    const region = call.text("region") ?? call.text("name") ?? endpoint?.split(".")[1] ?? call.region;
    return {
      description: regionFacts(region)?.description ?? region,
      endpoint: endpoint ?? `ec2.${region}.${dnsSuffix(partitionOf(region))}`,
      id: region,
      name: region,
      region,
    };
  },
  "aws:index/getRegions:getRegions": (call) =>
    filters(call.inputs).size > 0
      ? undefined
      : { id: call.partition, names: regionNames(call.partition, call.flag("allRegions")) },
  "aws:index/getPartition:getPartition": (call) => ({
    dnsSuffix: call.dnsSuffix,
    id: call.partition,
    partition: call.partition,
    reverseDnsPrefix: reversed(call.dnsSuffix),
  }),
  "aws:index/getService:getService": service,
  "aws:index/getServicePrincipal:getServicePrincipal": (call) => {
    const serviceName = call.text("serviceName") ?? "";
    const suffix = CHINESE_PRINCIPALS.has(serviceName) ? call.dnsSuffix : "amazonaws.com";
    return {
      id: `${serviceName}.${call.region}.${suffix}`,
      name: `${serviceName}.${suffix}`,
      serviceName,
      suffix,
    };
  },
  // Source: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-getting-started.html
  "aws:index/getBillingServiceAccount:getBillingServiceAccount": (call) => ({
    id: "386209384616",
    arn: call.globalArn("iam", "root", "386209384616"),
  }),
  "aws:index/getArn:getArn": (call) => {
    const arn = arnArgument(call);
    return { ...arn, arn: formatArn(arn), id: formatArn(arn) };
  },
  "aws:index/arnParse:arnParse": (call) => {
    const { account, ...arn } = arnArgument(call);
    return { ...arn, accountId: account };
  },
  "aws:index/arnBuild:arnBuild": (call) => {
    const part = (name: string): string => call.text(name) ?? "";
    return {
      result: formatArn({
        partition: part("partition"),
        service: part("service"),
        region: part("region"),
        account: part("accountId"),
        resource: part("resource"),
      }),
    };
  },
  "aws:index/trimIamRolePath:trimIamRolePath": (call) => {
    const arn = arnArgument(call);
    return { result: formatArn({ ...arn, resource: arn.resource.replace(/^role\/.*\//, "role/") }) };
  },
  "aws:index/getDefaultTags:getDefaultTags": (call) => ({
    id: call.partition,
    tags: call.context.defaultTags ?? {},
  }),
};
