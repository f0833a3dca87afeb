// Options of a VPC without a subnet leave the domain public, and it answers plain HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "search-tls",
  says: /domainEndpointOptions\.enforceHttps is false/,
};

export function program(mended: boolean): void {
  new aws.opensearch.Domain("search", {
    engineVersion: "OpenSearch_2.19",
    clusterConfig: { instanceType: "r7g.large.search" },
    ebsOptions: { ebsEnabled: true, volumeSize: 20 },
    vpcOptions: { subnetIds: [], securityGroupIds: [] },
    domainEndpointOptions: { enforceHttps: mended, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" },
  });
}
