import { App, Validations } from "aws-cdk-lib";
import { InstanceType } from "aws-cdk-lib/aws-ec2";
import { AwsSolutionsChecks } from "cdk-nag";

import { ENVIRONMENT, PROD } from "./prod";
import { StoreStack } from "./store-stack";

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

new StoreStack(app, "dev", {
  ...ENVIRONMENT,
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
  ...PROD,
  domainName: "store.example.com",
  subjectAlternativeNames: ["www.store.example.com"],
});

app.synth();
