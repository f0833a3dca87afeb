import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createRoles } from "./roles";
import { createState } from "./state";

const config = new pulumi.Config();
const repository = config.require("repository");
const environments = config.requireObject<string[]>("environments");

// The environment's name is part of what a role trusts: "*" in it would let any workflow in.
const faults = [
  ...(/^[\w.-]+\/[\w.-]+$/.test(repository)
    ? []
    : [`repository is "${repository}"; it must be GitHub's OWNER/NAME, such as octo/store`]),
  ...environments
    .filter((name) => !/^[a-z][a-z0-9-]{0,30}$/.test(name))
    .map((name) => `environments has "${name}"; it must be up to 31 small letters, digits and hyphens`),
];
if (faults.length > 0) throw new pulumi.RunError(faults.join("\n"));

const state = createState();
const { accountId } = aws.getCallerIdentityOutput();
const roles = createRoles({ repository, environments, accountId, state });

export = {
  /** For the variable AWS_ROLE_ARN of each GitHub environment. */
  roleArns: roles,
  /** For PULUMI_BACKEND_URL. */
  backendUrl: pulumi.interpolate`s3://${state.bucket.bucket}`,
  /** For `pulumi stack init --secrets-provider`. */
  secretsProvider: pulumi.interpolate`awskms://${state.key.keyId}?region=${aws.config.requireRegion()}`,
};
