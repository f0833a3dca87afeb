// The domain name is narrow; the wildcard stands among the alternative names.
import * as aws from "@pulumi/aws";

new aws.acm.Certificate("shop", {
  domainName: "shop.example.com",
  subjectAlternativeNames: ["www.example.com", "*.example.com"],
  validationMethod: "DNS",
});
