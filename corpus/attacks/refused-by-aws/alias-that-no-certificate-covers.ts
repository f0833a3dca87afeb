// The certificate is for the domain, and the distribution's alias is a subdomain.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { distribution, viewerCertificate } from "../../cloudfront";

export const expected: Expected = {
  rule: "relations",
  level: "advisory",
  says: /aliases contain a name that certificate "shop" does not cover/,
};

export function program(mended: boolean): void {
  const provider = new aws.Provider("global", { region: "us-east-1" });
  const certificate = new aws.acm.Certificate(
    "shop",
    {
      domainName: "example.com",
      subjectAlternativeNames: mended ? ["shop.example.com"] : ["www.example.com"],
      validationMethod: "DNS",
    },
    { provider },
  );
  const { certificateArn } = new aws.acm.CertificateValidation(
    "shop",
    { certificateArn: certificate.arn },
    { provider },
  );
  distribution({ viewerCertificate: { ...viewerCertificate, acmCertificateArn: certificateArn } });
}
