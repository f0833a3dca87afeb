// A bucket policy that lets everybody read by plain HTTP.
import { Foreign } from "../../foreign";

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
