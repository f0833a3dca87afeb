// CloudFront under Lightsail's name, fetching in clear text.
import * as aws from "@pulumi/aws";

new aws.lightsail.Distribution("shop", {
  name: "shop",
  bundleId: "small_1_0",
  origin: { name: "shop", regionName: "us-east-1", protocolPolicy: "http-only" },
  defaultCacheBehavior: { behavior: "cache" },
});
