// VPC Lattice would provide a certificate, but not for HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "unjudged-load-balancers",
  says: /protocol is "HTTP"; it must be "HTTPS" or "TLS_PASSTHROUGH"/,
};

export function program(mended: boolean): void {
  new aws.vpclattice.Listener("shop", {
    serviceIdentifier: "svc-0123456789abcdef0",
    protocol: mended ? "HTTPS" : "HTTP",
    defaultAction: { fixedResponse: { statusCode: 404 } },
  });
}
