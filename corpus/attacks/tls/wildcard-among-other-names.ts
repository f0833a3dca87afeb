// The domain name is narrow; an alternative name is a wildcard.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "certificates",
  says: /subjectAlternativeNames\[1\] begins with "\*"/,
  level: "advisory",
};

export function program(mended: boolean): void {
  new aws.acm.Certificate("shop", {
    domainName: "shop.example.com",
    subjectAlternativeNames: ["www.example.com", mended ? "api.example.com" : "*.example.com"],
    validationMethod: "DNS",
  });
}
