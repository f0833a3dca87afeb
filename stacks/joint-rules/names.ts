import type { JointFault, JointRule, Known } from "./rule";

/** The store's names and its certificate. */
export const namesRules: readonly JointRule[] = [namesOutsideZone, certificateElsewhere];

function namesOutsideZone(settings: Known): JointFault[] {
  const { domainName, hostedZoneName: zone, subjectAlternativeNames = [] } = settings;
  if (zone === undefined) return [];
  const isOutside = (name: string): boolean => name !== zone && !name.endsWith(`.${zone}`);
  const faults: JointFault[] = [];
  if (domainName !== undefined && isOutside(domainName)) {
    faults.push({
      key: "domainName",
      allowed: `${zone} or a name that ends in .${zone}, as hostedZoneName says`,
      remedy: `choose a name in ${zone}, or set hostedZoneName to the zone that holds ${domainName}`,
    });
  }
  const outside = subjectAlternativeNames.filter(isOutside);
  if (outside.length > 0) {
    faults.push({
      key: "subjectAlternativeNames",
      allowed: `names that end in .${zone}, as hostedZoneName says: the certificate is validated by records there`,
      remedy: `remove ${outside.join(", ")}`,
    });
  }
  if (domainName !== undefined && subjectAlternativeNames.includes(domainName)) {
    faults.push({
      key: "subjectAlternativeNames",
      allowed: `names other than domainName, ${domainName}`,
      remedy: `remove ${domainName}`,
    });
  }
  return faults;
}

/** A load balancer takes certificates of its own Region only. */
function certificateElsewhere({ certificateArn = "", region }: Known): JointFault[] {
  const there = certificateArn.split(":")[3];
  if (certificateArn === "" || region === undefined || there === region) return [];
  return [
    {
      key: "certificateArn",
      allowed: `a certificate in aws:region, ${region}: a load balancer takes no other`,
      remedy: `request or import the certificate in ${region}, or leave certificateArn out to have one created`,
    },
  ];
}
