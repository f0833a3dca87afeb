// A Lightsail distribution is CloudFront, which fetches in plain text here.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "unjudged-load-balancers",
  says: /origin\.protocolPolicy is "http-only"/,
};

export function program(mended: boolean): void {
  new aws.lightsail.Distribution("shop", {
    name: "shop",
    bundleId: "small_1_0",
    origin: { name: "shop", regionName: "us-east-1", protocolPolicy: mended ? "https-only" : "http-only" },
    defaultCacheBehavior: { behavior: "cache" },
  });
}
