import { read } from "../../../read";
import {
  BUCKET,
  FUNCTION,
  FUNCTION_PERMISSION,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import type { Stack } from "../../../stack";
import { text } from "../known";
import { named, refusedOfAll, type Relation, type Via, waitsFor } from "./relation";
import { ofTarget } from "./targets";
import { BUCKET_NOTIFICATION, LOG_SUBSCRIPTION, SECRET_ROTATION } from "./types";

/** A service that calls a function, or checks its permission, when a resource that names the function is created. */
interface Caller {
  readonly of: readonly string[];
  readonly who: string;
  readonly principal: string;
  readonly principals?: RegExp;
  /** The property that names the function. */
  readonly names: Via;
  /** The resource for which the function is called, which `sourceArn` of the permission may name. */
  readonly caller?: {
    readonly property: string;
    readonly to: readonly string[];
    readonly keys?: readonly string[];
  };
  /** Code of that resource's ARN. */
  readonly sourceArn: string;
  readonly source: string;
}

const CALLERS: readonly Caller[] = [
  {
    of: TARGET_GROUP_ATTACHMENT,
    who: "Elastic Load Balancing",
    principal: "elasticloadbalancing.amazonaws.com",
    names: { property: "targetId" },
    caller: { property: "targetGroupArn", to: TARGET_GROUP },
    sourceArn: "targetGroup.arn",
    source: "elasticloadbalancing principal does not have permission to invoke",
  },
  {
    of: BUCKET_NOTIFICATION,
    who: "Amazon S3",
    principal: "s3.amazonaws.com",
    names: { property: "lambdaFunctions", within: ["lambdaFunctionArn"] },
    caller: { property: "bucket", to: BUCKET, keys: ["id", "bucket", "arn"] },
    sourceArn: "bucket.arn",
    source: "Unable to validate the following destination configurations",
  },
  {
    of: LOG_SUBSCRIPTION,
    who: "CloudWatch Logs",
    principal: "logs.amazonaws.com",
    principals: /^logs\.([a-z0-9-]+\.)?amazonaws\.com$/,
    names: { property: "destinationArn" },
    sourceArn: "pulumi.interpolate`${logGroup.arn}:*`",
    source:
      "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function",
  },
  {
    of: SECRET_ROTATION,
    who: "Secrets Manager",
    principal: "secretsmanager.amazonaws.com",
    names: { property: "rotationLambdaArn" },
    sourceArn: "secret.arn",
    source: "Secrets Manager cannot invoke the specified Lambda function",
  },
];

/** A permission to call a function, and the resources of the stack that it is for. */
interface Permission {
  readonly permission: StackSubject;
  readonly sources: readonly StackSubject[];
}

/** The permissions of a caller for each function of the stack. */
function permissionsOf(
  stack: Stack,
  { principal, principals, caller }: Caller,
): Map<StackSubject, Permission[]> {
  const functionsOf = stack.to(FUNCTION, ["arn", "id", "name"]);
  const sourcesOf = caller === undefined ? () => [] : stack.to(caller.to, caller.keys);
  const permitted = new Map<StackSubject, Permission[]>();
  for (const permission of stack.ofTypes(FUNCTION_PERMISSION)) {
    const said = read(permission.props, ["principal"]);
    const isOther =
      said.kind === "known" && said.value !== principal && principals?.test(text(said) ?? "") !== true;
    const action = text(read(permission.props, ["action"]));
    const isForOther = action !== undefined && !/^(lambda:)?(InvokeFunction|\*)$/i.test(action);
    if (isOther || isForOther) continue;
    const sources = sourcesOf(permission, "sourceArn");
    for (const one of functionsOf(permission, "function"))
      permitted.set(one, [...(permitted.get(one) ?? []), { permission, sources }]);
  }
  return permitted;
}

/** Relations between functions and the services that call them. */
export const callers: readonly Relation[] = CALLERS.flatMap((row) =>
  [false, true].map((isAdvice): Relation => {
    const { of, who, principal, names, caller, sourceArn, source } = row;
    return {
      of,
      source,
      fix: `new aws.lambda.Permission("call", { action: "lambda:InvokeFunction", function: fn.name, principal: "${principal}", sourceArn: ${sourceArn} })${isAdvice ? ", and { dependsOn: permission } where the function is named" : ""}`,
      isAdvice,
      judge(stack) {
        const functionsOf = named(stack, names, FUNCTION, ["arn", "id", "name"]);
        const callersOf = caller === undefined ? () => [] : stack.to(caller.to, caller.keys);
        const permitted = permissionsOf(stack, row);
        return (resource) => {
          const own = caller === undefined ? [] : callersOf(resource, caller.property);
          const mayBeMeant = ({ sources }: Permission): boolean =>
            sources.length === 0 || own.length === 0 || sources.some((one) => own.includes(one));
          const subject = caller?.to === TARGET_GROUP ? ofTarget(resource) : resource;
          return functionsOf(subject).map((functions) =>
            refusedOfAll(functions, (one) => {
              const all = permitted.get(one) ?? [];
              const meant = all.filter(mayBeMeant).map(({ permission }) => permission);
              if (isAdvice)
                return meant.length === 0 || waitsFor(resource, meant)
                  ? undefined
                  : `It doesn't wait for permission "${meant[0]!.name}", without which ${who} may not call function "${one.name}"`;
              if (meant.length > 0) return undefined;
              const nothing = `Nothing lets ${who} call function "${one.name}"`;
              const other = all[0]?.sources[0];
              return other === undefined
                ? `${nothing}; an aws.lambda.Permission is required`
                : `${nothing} for "${own[0]!.name}", only for "${other.name}"; an aws.lambda.Permission with its sourceArn is required`;
            }),
          );
        };
      },
    };
  }),
);
