// The website redirects every visitor to plain HTTP.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "buckets-tls",
  says: /redirectAllRequestsTo\.protocol is "http"; it must be "https"/,
};

export function program(mended: boolean): void {
  const { bucket } = new aws.s3.Bucket("www", { bucket: "www.shop.example.com" });
  new aws.s3.BucketWebsiteConfiguration("www", {
    bucket,
    redirectAllRequestsTo: { hostName: "shop.example.com", protocol: mended ? "https" : "http" },
  });
}
