// S3 takes ten tags on an object, where other resources have fifty.
import * as aws from "@pulumi/aws";

new aws.s3.BucketObjectv2("release", {
  bucket: "releases-of-the-shop",
  key: "shop.js",
  content: "process.exit()",
  tags: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`tag-${index}`, "shop"])),
});
