// VPC Lattice would bring a certificate; asked for HTTP it doesn't.
import * as aws from "@pulumi/aws";

new aws.vpclattice.Listener("shop", {
  serviceIdentifier: "svc-0123456789abcdef0",
  protocol: "HTTP",
  defaultAction: { fixedResponse: { statusCode: 404 } },
});
