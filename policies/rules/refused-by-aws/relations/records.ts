import { isList, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import { CLASSIC_LOAD_BALANCER, DISTRIBUTION, isOf, LOAD_BALANCER, RECORD } from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given, withOnly } from "../../../stack";
import { ZONE } from "../api-prose/types";
import { text } from "../known";
import { alone, isSet, pair, type Relation } from "./relation";

/** Targets of alias records that are in one of AWS's own zones. */
const OF_AWS = [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER, ...DISTRIBUTION];

const ZONES = ["zoneId", "id"];

/** A DNS name in the form in which Route 53 compares it; undefined if it is not known. */
function nameOf(reading: Reading): string | undefined {
  return text(reading)?.toLowerCase().replace(/\.$/, "");
}

function firstOf(record: StackSubject, property: string): Reading | undefined {
  const list = readList(record.props, [property]);
  return isList(list) ? list[0] : undefined;
}

/** Relations of DNS records and their targets. */
export const records: readonly Relation[] = [
  {
    of: RECORD,
    source: "RRSet of type CNAME is not permitted at apex in zone",
    fix: '{ type: "A", aliases: [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }] }',
    judge: pair([{ property: "zoneId" }], ZONE, ZONES, (record, zone) => {
      const [name, apex] = [nameOf(given(record, "name")), nameOf(given(zone, "name"))];
      const isApex = apex !== undefined && (name === apex || name === "");
      return isApex && text(given(record, "type")) === "CNAME"
        ? `type is CNAME, but name is that of zone "${zone.name}" itself; AWS allows no CNAME record there; it must be an alias`
        : undefined;
    }),
  },
  {
    of: RECORD,
    source: "Tried to create an alias, but the alias target name does not lie within the target zone",
    fix: "{ aliases: [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }] }, hostedZoneId of a distribution",
    judge(stack) {
      const targetsOf = stack.to(OF_AWS, ["dnsName", "domainName"]);
      const zonesOf = stack.to(ZONE, ZONES);
      return (record) => {
        const alias = firstOf(record, "aliases");
        if (alias?.kind !== "known") return [];
        const [name, zoneId] = ["name", "zoneId"].map((field) => read(alias.value, [field]));
        const [target, ...others] = targetsOf(withOnly(record, "aliases", name!), "aliases");
        // If zoneId is unknown, a hosted zone among the dependencies of the alias can only be its source.
        const sources = record.propertyDependencies["aliases"] ?? [];
        const [zone] =
          zoneId!.kind === "known"
            ? zonesOf(withOnly(record, "aliases", zoneId!), "aliases")
            : name!.kind === "known" || sources.length !== 2
              ? []
              : sources.filter((source) => isOf(ZONE, source));
        return [
          target === undefined || others.length > 0 || zone === undefined
            ? undefined
            : `aliases name "${target.name}", but zoneId is that of zone "${zone.name}"; it must be the hosted zone ID of "${target.name}"`,
        ];
      };
    },
  },
  {
    of: RECORD,
    source: "A non-alias primary ResourceRecordSet must have an associated health check",
    fix: "{ healthCheckId: healthCheck.id }",
    judge: alone((record) => {
      const policy = firstOf(record, "failoverRoutingPolicies");
      const isPrimary = policy?.kind === "known" && text(read(policy.value, ["type"])) === "PRIMARY";
      return isPrimary && !isSet(record, "aliases") && given(record, "healthCheckId").kind === "absent"
        ? "It is the primary record of a failover and not an alias, but healthCheckId is not set; AWS requires it"
        : undefined;
    }),
  },
];
