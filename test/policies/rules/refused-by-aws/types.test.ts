import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as types from "../../../../policies/rules/refused-by-aws/types";

/** The modules of `@pulumi/aws` that serve each kind of resource. */
const MODULES = {
  LOAD_BALANCER: ["lb/loadBalancer", "alb/loadBalancer"],
  LISTENER_CERTIFICATE: ["lb/listenerCertificate", "alb/listenerCertificate"],
  SCHEDULE: ["autoscaling/schedule"],
  LAUNCH_TEMPLATE: ["ec2/launchTemplate"],
  LAUNCH_CONFIGURATION: ["ec2/launchConfiguration"],
  VPC: ["ec2/vpc"],
  VPC_RANGE: ["ec2/vpcIpv4CidrBlockAssociation"],
  SUBNET: ["ec2/subnet"],
  SECURITY_GROUP: ["ec2/securityGroup"],
  BUCKET: ["s3/bucket", "s3/bucketV2"],
  BUCKET_POLICY: ["s3/bucketPolicy"],
  BUCKET_ENCRYPTION: [
    "s3/bucketServerSideEncryptionConfiguration",
    "s3/bucketServerSideEncryptionConfigurationV2",
  ],
  DISTRIBUTION: ["cloudfront/distribution"],
} as const satisfies Record<keyof typeof types, readonly string[]>;

describe("the table of resource types that AWS may refuse", () => {
  for (const [table, modules] of Object.entries(MODULES)) {
    it(`has under ${table} every type token and alias of the SDK`, () => {
      const tokens = modules.flatMap((module) => {
        const source = readFileSync(require.resolve(`@pulumi/aws/${module}`), "utf8");
        const own = /__pulumiType = '([^']+)'/.exec(source)?.[1];
        assert.ok(own, `no type token in ${module}`);
        const aliases = /aliases: \[([^\]]*)\]/.exec(source)?.[1] ?? "";
        return [own, ...[...aliases.matchAll(/type: "([^"]+)"/g)].map(([, alias]) => alias!)];
      });
      assert.deepEqual([...types[table as keyof typeof types]].sort(), [...new Set(tokens)].sort());
    });
  }
});
