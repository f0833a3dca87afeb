// Two of S3's storage classes made into one, which the provider's schema takes for a text like any other.
import { CustomResource } from "@pulumi/pulumi";

class BucketObject extends CustomResource {}
new BucketObject("aws:s3/bucketObjectv2:BucketObjectv2", "catalogue", {
  bucket: "shop-pictures",
  key: "catalogue.pdf",
  content: "all we sell",
  storageClass: "STANDARD_GLACIER",
});
