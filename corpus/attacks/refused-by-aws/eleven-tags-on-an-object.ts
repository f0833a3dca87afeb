// S3 allows ten tags on an object, where other resources have fifty.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = { rule: "api-prose", says: /tags has 11 tags; AWS allows at most 10/ };

export function program(mended: boolean): void {
  new aws.s3.BucketObjectv2("release", {
    bucket: "releases-of-the-shop",
    key: "shop.js",
    content: "process.exit()",
    tags: Object.fromEntries(
      Array.from({ length: mended ? 10 : 11 }, (_, index) => [`tag-${index}`, "shop"]),
    ),
  });
}
