import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";

import { PROD } from "./prod";
import { StoreStack } from "./store-stack";

/** SERVICES services, each a stack like prod: for `npm run figures -- growth`. */
const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
for (let service = 1; service <= Number(process.env["SERVICES"]); service++)
  new StoreStack(app, `prod-${service}`, {
    ...PROD,
    domainName: `store-${service}.example.com`,
    subjectAlternativeNames: [`www.store-${service}.example.com`],
  });
const { directory } = app.synth();

const templates = readdirSync(directory).filter((file) => file.endsWith(".template.json"));
const counts = templates.map((file) => {
  const { Resources } = JSON.parse(readFileSync(join(directory, file), "utf8")) as { Resources: object };
  return Object.keys(Resources).length;
});
console.log(`${counts.reduce((sum, count) => sum + count, 0)} resources`);
