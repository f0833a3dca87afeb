import assert from "node:assert/strict";
import * as types from "../../../../policies/rules/tls/types";
import { tokensOf } from "./support";

const MODULES = {
  CERTIFICATE: ["acm/certificate"],
  LISTENER_CERTIFICATE: ["lb/listenerCertificate", "alb/listenerCertificate"],
  DISTRIBUTION: ["cloudfront/distribution"],
  MULTITENANT_DISTRIBUTION: ["cloudfront/multitenantDistribution"],
  VPC_ORIGIN: ["cloudfront/vpcOrigin"],
  BUCKET: ["s3/bucket", "s3/bucketV2"],
  BUCKET_POLICY: ["s3/bucketPolicy"],
  CLASSIC_POLICY: ["elb/loadBalancerPolicy"],
  CLASSIC_NEGOTIATION: ["elb/sslNegotiationPolicy"],
} as const satisfies Record<keyof typeof types, readonly string[]>;

describe("the types of the area tls", () => {
  for (const [table, modules] of Object.entries(MODULES)) {
    it(`have under ${table} every type token and alias of the SDK`, () => {
      assert.deepEqual([...types[table as keyof typeof types]].sort(), tokensOf(...modules));
    });
  }
});
