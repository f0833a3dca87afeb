import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { App, Validations } from "aws-cdk-lib";
import { InstanceType } from "aws-cdk-lib/aws-ec2";
import { AwsSolutionsChecks } from "cdk-nag";

import { StoreStack } from "./store-stack";

/** As many services as SERVICES says, each a stack like prod: for `npm run figures -- growth`. */
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
for (let service = 1; service <= Number(process.env["SERVICES"]); service++)
  new StoreStack(app, `prod-${service}`, {
    env: { account: "123456789012", region: "eu-west-1" },
    hostedZone: { hostedZoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" },
    domainName: `store-${service}.example.com`,
    subjectAlternativeNames: [`www.store-${service}.example.com`],
    availabilityZones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    natGateways: 3,
    deletionProtection: true,
    instanceType: new InstanceType("m7g.large"),
    minSize: 3,
    maxSize: 12,
  });
const { directory } = app.synth();

const templates = readdirSync(directory).filter((file) => file.endsWith(".template.json"));
const counts = templates.map((file) => {
  const { Resources } = JSON.parse(readFileSync(join(directory, file), "utf8")) as { Resources: object };
  return Object.keys(Resources).length;
});
console.log(`${counts.reduce((sum, count) => sum + count, 0)} resources`);
