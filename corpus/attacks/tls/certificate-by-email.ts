// Somebody has to answer an e-mail once a year to renew the certificate.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "certificates",
  says: /validationMethod is "EMAIL"; it must be "DNS"/,
  level: "advisory",
};

export function program(mended: boolean): void {
  new aws.acm.Certificate("shop", {
    domainName: "shop.example.com",
    validationMethod: mended ? "DNS" : "EMAIL",
  });
}
