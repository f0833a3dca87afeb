// The origin sends the header; CloudFront replaces it by one that takes it back.
import * as aws from "@pulumi/aws";

new aws.cloudfront.ResponseHeadersPolicy("shop", {
  securityHeadersConfig: {
    strictTransportSecurity: { accessControlMaxAgeSec: 0, override: true },
  },
});
