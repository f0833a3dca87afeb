import * as pulumi from "@pulumi/pulumi";

import { Certificate, validationDomains } from "../../components/certificate/certificate";
import type { Context } from "../context";
import type { HostedZone } from "../dns";
import type { Settings } from "../settings/schema";
import { planCertificates } from "./plan";

/** The resources that the certificate needs. */
interface CertificateContext extends Context {
  readonly zone: HostedZone | undefined;
}

/** The certificates of the balancers. */
export interface StoreCertificate {
  /** The default certificate that the stack creates; undefined if the settings name one. */
  readonly own: Certificate | undefined;
  /** ARN of the default certificate. */
  readonly certificateArn: pulumi.Output<string>;
  /** Further certificates that the stack creates, by name. */
  readonly further: Readonly<Record<string, Certificate>>;
  /** The stack's certificates that need their own validation records, which you may have to create. */
  readonly withOwnRecords: readonly Certificate[];
}

/** Creates the certificates, unless the settings name one. */
export function build(settings: Settings, { name, tags, zone }: CertificateContext): StoreCertificate {
  if (settings.certificate.arn !== undefined)
    return {
      own: undefined,
      certificateArn: pulumi.output(settings.certificate.arn),
      further: {},
      withOwnRecords: [],
    };
  const args = certificateArgs(settings, zone);
  const own = new Certificate(name, { ...args, tags });
  const validated = validationDomains([args.domainName, ...args.subjectAlternativeNames]);
  const further = [...planCertificates(settings).further].map(([domain, [first = "", ...others]]) => {
    const index = validated.indexOf(domain);
    // Without a hosted zone, the stack creates no records.
    const shared = own.recordFqdns[index];
    const certificate = new Certificate(`${name}-${domain}`, {
      ...args,
      domainName: first,
      subjectAlternativeNames: others,
      recordName: name,
      ...(shared === undefined ? {} : { sharedRecordFqdns: [shared] }),
      tags,
    });
    return { domain, certificate, isShared: index >= 0 };
  });
  return {
    own,
    certificateArn: own.certificateArn,
    further: Object.fromEntries(further.map(({ domain, certificate }) => [domain, certificate])),
    withOwnRecords: [own, ...further.filter(({ isShared }) => !isShared).map((one) => one.certificate)],
  };
}

/** The arguments of the default certificate, and of CloudFront's. */
export function certificateArgs(settings: Settings, zone: HostedZone | undefined) {
  const { arn: _, ...args } = settings.certificate;
  const hostedZone = zone && {
    hostedZoneName: zone.name,
    hostedZoneId: zone.id,
    hostedZoneProvider: zone.provider,
  };
  const { first: subjectAlternativeNames } = planCertificates(settings);
  return { ...args, domainName: settings.domainName, subjectAlternativeNames, ...hostedZone };
}
