// No rule requires a policy of this bucket.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";

export const expected: Expected = {
  rule: "other-routes",
  says: /aws-native:s3:Bucket is another provider's name/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new Foreign("aws-native:s3:Bucket", "assets", { bucketName: "assets-123456789012" });
}
