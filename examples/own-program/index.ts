/** A network, a certificate and a topic for alarms, for an application that isn't the store. */
import * as aws from "@pulumi/aws";

import { AlarmTopic, Certificate, Network } from "../../components";

const zone = aws.route53.getZoneOutput({ name: "example.com" });

const network = new Network("shop", { availabilityZones: ["eu-central-1a", "eu-central-1b"] });
const certificate = new Certificate("shop", {
  domainName: "shop.example.com",
  hostedZoneName: "example.com",
  hostedZoneId: zone.zoneId,
});
const alarms = new AlarmTopic("shop", { emailAddresses: ["oncall@example.com"] });

export const { privateSubnetIds } = network;
export const { certificateArn } = certificate;
export const { topicArn } = alarms;
