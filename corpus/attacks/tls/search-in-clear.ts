// The search domain's endpoint accepts plain HTTP, too.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "search-tls",
  says: /domainEndpointOptions\.enforceHttps is false/,
};

export function program(mended: boolean): void {
  new aws.opensearch.Domain("shop", {
    domainEndpointOptions: { enforceHttps: mended, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
  });
}
