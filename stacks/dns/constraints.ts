import type { Constraint, Violation } from "../settings/constraint";
import type { Settings } from "../settings/schema";

/** Constraints on these settings together. */
export const constraints: readonly Constraint[] = [
  zoneMissing,
  roleWithoutZone,
  domainNameOutsideZone,
  alternativeNamesOutsideZone,
];

function zoneMissing({ dns, hostedZoneName }: Settings): Violation[] {
  if (dns === "none" || hostedZoneName !== undefined) return [];
  return [
    {
      at: "hostedZoneName",
      allowed: "a DNS name in lower case, where dns is route53",
      remedy:
        "for example: pulumi config set web-store:hostedZoneName example.com; without a hosted zone in Route 53: pulumi config set web-store:dns none",
    },
  ];
}

function roleWithoutZone({ dns, hostedZoneRoleArn }: Settings): Violation[] {
  if (dns === "route53" || hostedZoneRoleArn === undefined) return [];
  return [
    {
      at: "hostedZoneRoleArn",
      allowed: "no value, where dns is none: the stack uses no hosted zone",
      remedy: "remove hostedZoneRoleArn, or set dns to route53",
    },
  ];
}

function domainNameOutsideZone({ dns, domainName, hostedZoneName: zone }: Settings): Violation[] {
  if (dns === "none" || zone === undefined || isWithin(zone, domainName)) return [];
  return [
    {
      at: "domainName",
      allowed: `${zone} or a name that ends in .${zone}, the zone in hostedZoneName`,
      remedy: `choose a name in ${zone}, or set hostedZoneName to the zone that holds ${domainName}`,
    },
  ];
}

function alternativeNamesOutsideZone(settings: Settings): Violation[] {
  const {
    dns,
    hostedZoneName: zone,
    certificate: { subjectAlternativeNames: names },
  } = settings;
  if (dns === "none" || zone === undefined) return [];
  const outside = names.filter((name) => !isWithin(zone, name));
  if (outside.length === 0) return [];
  return [
    {
      at: "certificate.subjectAlternativeNames",
      allowed: `names that end in .${zone}, the zone in hostedZoneName: the certificate is validated by records there`,
      remedy: `remove ${outside.join(", ")}`,
    },
  ];
}

function isWithin(zone: string, name: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}
