import { App, Validations } from "aws-cdk-lib";
import { InstanceType } from "aws-cdk-lib/aws-ec2";
import { AwsSolutionsChecks } from "cdk-nag";

import { StoreStack } from "./store-stack";

/** The environment is spelt out, so that synthesis needs no look-up in AWS. */
const env = { account: "123456789012", region: "eu-west-1" };
const hostedZone = { hostedZoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" };

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

new StoreStack(app, "dev", {
  env,
  hostedZone,
  domainName: "dev.store.example.com",
  subjectAlternativeNames: [],
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
  natGateways: 1,
  deletionProtection: false,
  instanceType: new InstanceType("t4g.micro"),
  minSize: 2,
  maxSize: 3,
});

new StoreStack(app, "prod", {
  env,
  hostedZone,
  domainName: "store.example.com",
  subjectAlternativeNames: ["www.store.example.com"],
  availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  natGateways: 3,
  deletionProtection: true,
  instanceType: new InstanceType("m7g.large"),
  minSize: 3,
  maxSize: 12,
});

app.synth();
