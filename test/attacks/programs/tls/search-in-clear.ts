// The endpoint of a search takes plain HTTP as well.
import * as aws from "@pulumi/aws";

new aws.opensearch.Domain("shop", {
  domainEndpointOptions: { enforceHttps: false, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
});
