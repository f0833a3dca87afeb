// The bucket is public by its access control list, not by a policy.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "public-acls",
  says: /opens its bucket or object to everybody, also in clear text/,
};

export function program(mended: boolean): void {
  const bucket = new aws.s3.Bucket("shop");
  new aws.s3.BucketAcl("shop", { bucket: bucket.id, acl: mended ? "private" : "public-read" });
}
