// Route 53 checks from at least three Regions, which only its API model says.
import * as aws from "@pulumi/aws";

new aws.route53.HealthCheck("shop", {
  type: "HTTPS",
  fqdn: "shop.example.com",
  port: 443,
  requestInterval: 30,
  failureThreshold: 3,
  regions: ["eu-west-1", "us-east-1"],
});
