// Somebody has to answer an e-mail once a year, or the shop has no certificate.
import * as aws from "@pulumi/aws";

new aws.acm.Certificate("shop", { domainName: "shop.example.com", validationMethod: "EMAIL" });
