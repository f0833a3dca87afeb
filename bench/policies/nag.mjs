// node nag.mjs TEMPLATE…: prints cdk-nag's findings for CloudFormation templates as JSON. This is a separate process in
// plain JavaScript, because aws-cdk-lib is installed only for this folder.
import { basename } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { CfnInclude } from "aws-cdk-lib/cloudformation-include";
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from "cdk-nag";

/** The pack that the README uses first, and this pack together with those for the standards. */
const PACKS = {
  solutions: [AwsSolutionsChecks],
  all: [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks],
};

const reports = { solutions: {}, all: {}, unread: {} };
for (const file of process.argv.slice(2)) {
  const key = basename(file, ".json");
  try {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, "Stack", { env: { account: "123456789012", region: "eu-west-1" } });
    new CfnInclude(stack, "Template", { templateFile: file });
    for (const [set, packs] of Object.entries(PACKS)) {
      reports[set][key] = packs.flatMap((Pack) => findings(new Pack(app), app));
    }
  } catch (error) {
    reports.unread[key] = error.message;
  }
}
process.stdout.write(JSON.stringify(reports));

function findings(pack, app) {
  const { violations } = pack.validateScope(app);
  return violations
    .filter(({ description }) => !description.startsWith("Rule threw an error")) // The rule has no result then.
    .flatMap(({ ruleName, description, severity, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({
        check: ruleName,
        resource: constructPath.split("/").pop(),
        fails: severity === "error",
        message: description,
      })),
    );
}
