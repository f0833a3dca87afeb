// The value combines two of S3's storage classes, and the provider's schema accepts any text.
import { CustomResource } from "@pulumi/pulumi";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "api-enums",
  says: /storageClass is "STANDARD_GLACIER"; AWS allows STANDARD, .*, as of 20\d\d-\d\d-\d\d \(StorageClass of s3 PutObject/,
  config: "policies/profiles/strict.json",
};

export function program(mended: boolean): void {
  class BucketObject extends CustomResource {}
  new BucketObject("aws:s3/bucketObjectv2:BucketObjectv2", "catalogue", {
    bucket: "shop-pictures",
    key: "catalogue.pdf",
    content: "all we sell",
    storageClass: mended ? "STANDARD_IA" : "STANDARD_GLACIER",
  });
}
