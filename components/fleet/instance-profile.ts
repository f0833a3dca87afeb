import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { awsScope } from "../aws-scope";
import { type InstanceGrants, statementsOf } from "./instance-grants";
import { boundedName, named, type Tags } from "../naming";

/**
 * The role of an instance. It allows a shell through Session Manager, which replaces SSH with its port and
 * keys, and what `grants` name, nothing else. AWS's managed policy `AmazonSSMManagedInstanceCore` would allow
 * reading every parameter of the account.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function createInstanceProfile(
  name: string,
  grants: InstanceGrants | pulumi.Output<InstanceGrants>,
  tags: Tags,
  parent: pulumi.Resource,
): { role: aws.iam.Role; instanceProfile: aws.iam.InstanceProfile; permissions: pulumi.Resource[] } {
  const role = new aws.iam.Role(
    boundedName(`${name}-instance`, 64),
    {
      description: "What the store's instances may do in AWS",
      assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal(aws.iam.Principals.Ec2Principal),
      tags: named(tags, `${name}-instance`),
    },
    { parent },
  );
  const sessionManager = new aws.iam.RolePolicy(
    boundedName(`${name}-session-manager`, 128),
    {
      role: role.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: [
              "ssm:UpdateInstanceInformation",
              "ssmmessages:CreateControlChannel",
              "ssmmessages:CreateDataChannel",
              "ssmmessages:OpenControlChannel",
              "ssmmessages:OpenDataChannel",
            ],
            // None of these actions can be limited to a resource.
            Resource: "*",
          },
        ],
      }),
    },
    { parent },
  );
  const application = createApplicationPolicy(name, grants, role, parent);
  const instanceProfile = new aws.iam.InstanceProfile(
    boundedName(`${name}-instance`, 128),
    { role: role.name, tags: named(tags, `${name}-instance`) },
    { parent },
  );
  return { role, instanceProfile, permissions: [sessionManager, ...application] };
}

/**
 * Creates the application's policy unless it would have no statements, which AWS refuses. Grants that are
 * outputs are never empty.
 */
function createApplicationPolicy(
  name: string,
  grants: InstanceGrants | pulumi.Output<InstanceGrants>,
  role: aws.iam.Role,
  parent: pulumi.Resource,
): aws.iam.RolePolicy[] {
  if (!pulumi.Output.isInstance(grants) && isEmpty(grants)) return [];
  const policy = pulumi
    .all([awsScope(parent), grants])
    .apply(([scope, known]) =>
      JSON.stringify({ Version: "2012-10-17", Statement: statementsOf(known, scope) }),
    );
  return [
    new aws.iam.RolePolicy(boundedName(`${name}-application`, 128), { role: role.name, policy }, { parent }),
  ];
}

function isEmpty(grants: InstanceGrants): boolean {
  const { findsInstances = false, reportsMetrics = false, ...lists } = grants;
  return (
    !findsInstances &&
    !reportsMetrics &&
    Object.values(lists).every((list: readonly unknown[]) => list.length === 0)
  );
}
