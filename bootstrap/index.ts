import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { createRoles, REVIEW } from "./roles";
import { createState } from "./state";

const config = new pulumi.Config();
const repository = config.require("repository");
const environments = config.requireObject<string[]>("environments");
const applicationActions = config.requireObject<string[]>("applicationActions");
const hostedZoneRoleArns = config.requireObject<string[]>("hostedZoneRoleArns");

const faults = [...repositoryFaults(), ...environmentFaults(), ...actionFaults(), ...roleFaults()];
if (faults.length > 0) throw new pulumi.RunError(faults.join("\n"));

const state = createState();
const { accountId } = aws.getCallerIdentityOutput();
const { roleArns, permissionsBoundary } = createRoles({
  repository,
  environments,
  applicationActions,
  hostedZoneRoleArns,
  accountId,
  state,
});

export = {
  /** For the variable AWS_ROLE_ARN of each GitHub environment. */
  roleArns,
  /** For the stacks' setting of that name: pipelines may not create roles without it. */
  permissionsBoundary,
  /** For PULUMI_BACKEND_URL. */
  backendUrl: pulumi.interpolate`s3://${state.bucket.bucket}`,
  /** For `pulumi stack init --secrets-provider`. */
  secretsProvider: pulumi.interpolate`awskms://${state.key.keyId}?region=${aws.config.requireRegion()}`,
};

/** The repository is part of a role's trust policy: "*" in it would admit others. */
function repositoryFaults(): string[] {
  return /^[\w.-]+\/[\w.-]+$|^[\w.-]+@\d+\/[\w.-]+@\d+$/.test(repository)
    ? []
    : [
        `repository is "${repository}"; it must be GitHub's OWNER/NAME, such as octo/store, or with ids OWNER@ID/NAME@ID, such as octo@123/store@456`,
      ];
}

/** The environment's name is part of it too. */
function environmentFaults(): string[] {
  const faults = environments
    .filter((name) => !/^[a-z][a-z0-9-]{0,30}$/.test(name) || name.endsWith("-preview"))
    .map(
      (name) =>
        `environments has "${name}"; it must be up to 31 lowercase letters, digits and hyphens, and must not end in -preview, the suffix of the read-only roles`,
    );
  const others = environments.filter((name) => name !== REVIEW && name !== "dev");
  if (environments.includes(REVIEW) && others.length > 0)
    faults.push(
      `environments has ${REVIEW} and ${others.join(", ")}; ${REVIEW} runs code that nobody has reviewed yet, and must be in an account without them: deploy this program there with environments: [${REVIEW}]`,
    );
  return faults;
}

/**
 * Every role that a pipeline creates may get these actions, so they must not lead to another role or cover a
 * whole service.
 */
function actionFaults(): string[] {
  return applicationActions
    .filter(
      (action) =>
        !/^[a-z0-9-]+:[A-Za-z0-9]+[A-Za-z0-9*?]*$/.test(action) ||
        /^(account|iam|identitystore|organizations|sso|sts):/.test(action),
    )
    .map(
      (action) =>
        `applicationActions has "${action}"; it must be at least a service and the beginning of an action, such as sqs:SendMessage or sqs:Get*, and none of IAM, STS, Organizations or IAM Identity Center`,
    );
}

/** Pipelines may do everything that such a role may do, so each entry must be one role of one account. */
function roleFaults(): string[] {
  return hostedZoneRoleArns
    .filter((arn) => !/^arn:aws[a-z-]*:iam::\d{12}:role(\/[\w+=,.@-]+)+$/.test(arn))
    .map(
      (arn) =>
        `hostedZoneRoleArns has "${arn}"; it must be the ARN of one role, without wildcards, such as arn:aws:iam::210987654321:role/store-dns`,
    );
}
