// No policy opens the bucket: its access control list does.
import * as aws from "@pulumi/aws";

const bucket = new aws.s3.Bucket("shop");
new aws.s3.BucketAcl("shop", { bucket: bucket.id, acl: "public-read" });
