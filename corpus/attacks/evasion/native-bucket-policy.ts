// A bucket policy lets everybody read over plain HTTP.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";

export const expected: Expected = {
  rule: "other-routes",
  says: /aws-native:s3:BucketPolicy is another provider's name/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new Foreign("aws-native:s3:BucketPolicy", "assets", {
    bucket: "assets-123456789012",
    policyDocument: {
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::assets-123456789012/*",
        },
      ],
    },
  });
}
