import { read } from "../../read";
import type { Reading } from "../../read";
import { DISTRIBUTION, isOf, LISTENER, LISTENER_CERTIFICATE } from "../../resources";
import { describe, resourceRule, violations } from "../../rule";
import type { Subject } from "../../rule";
import { text } from "./known";

const FIX =
  "{ certificateArn: validation.certificateArn } of a certificate in the listener's own Region; for CloudFront " +
  'new aws.acm.Certificate("cdn", { region: "us-east-1", … })';

const REGION = /^[a-z]{2,3}(-[a-z]+)+-\d$/;

/** The Regions of certificates, as far as ARNs and inputs tell them. */
export const certificateRegion = resourceRule({
  id: "certificate-region",
  area: "refused-by-aws",
  title: "Certificates are in the Region that uses them",
  severity: "medium",
  level: "resource",
  description:
    "A listener's certificate is in the listener's own Region, and CloudFront's in us-east-1. " +
    "AWS finds no certificate of another Region and refuses the listener or the distribution.",
  remedy: FIX,
  references: [
    {
      label: "Certificates for your Application Load Balancer",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
    },
    {
      label: "Requirements for certificates with CloudFront",
      url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
    },
  ],
  types: [...LISTENER, ...LISTENER_CERTIFICATE, ...DISTRIBUTION],
  judge(resource) {
    const isGlobal = isOf(DISTRIBUTION, resource);
    const label = isGlobal ? "viewerCertificate.acmCertificateArn" : "certificateArn";
    const actual = regionOf(read(resource.props, label.split(".")), "acm");
    const expected = isGlobal ? "us-east-1" : regionHere(resource);
    if (actual === undefined || expected === undefined || actual === expected) return [];
    const where = describe({ kind: "known", value: actual }, REGION);
    return violations([`the Region of ${label} ${where}; it must be ${JSON.stringify(expected)}`], FIX);
  },
});

/** The Region of a listener, from its own input or from what it belongs to. */
function regionHere(resource: Subject): string | undefined {
  const own = text(read(resource.props, ["region"]));
  if (own !== undefined) return REGION.test(own) ? own : undefined;
  return (
    regionOf(read(resource.props, ["loadBalancerArn"]), "elasticloadbalancing") ??
    regionOf(read(resource.props, ["listenerArn"]), "elasticloadbalancing")
  );
}

/** The Region in a known ARN of the given service. Certificates in IAM have none. */
function regionOf(arn: Reading, service: string): string | undefined {
  const [, , ofService, region = ""] = (text(arn) ?? "").split(":");
  return ofService === service && REGION.test(region) ? region : undefined;
}
