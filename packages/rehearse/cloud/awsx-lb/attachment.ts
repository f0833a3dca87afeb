import type { Value } from "../../values";
import { readArguments } from "../awsx/args";
import { type Child, givenResource, lookUp, propertyOf, registerChild } from "../awsx/children";
import { type Input, type InputMap, Output, settle } from "../awsx/output";
import { constructed } from "../awsx/outputs";
import type { Construct, ConstructHost } from "../types";

/** Expands `awsx.lb.TargetGroupAttachment` as awsx 3.9 does: the attachment, and a Lambda function's permission. */
export const expandTargetGroupAttachment: Construct = async (host, { urn, name, inputs }) => {
  const given = readArguments(inputs);
  exactlyOne(given, "targetGroup", "targetGroupArn");
  const kind = exactlyOne(given, "instance", "instanceId", "lambda", "lambdaArn");
  const { targetGroupArn, targetType } = await targetGroupOf(host, given);

  let permission: Child | undefined;
  let target: InputMap;
  if (kind === "lambda" || kind === "lambdaArn") {
    permission = await registerChild(
      host,
      "aws:lambda/permission:Permission",
      name,
      {
        action: "lambda:InvokeFunction",
        function: given[kind],
        principal: "elasticloadbalancing.amazonaws.com",
        sourceArn: targetGroupArn,
      },
      urn,
    );
    target = {
      targetId:
        kind === "lambda" ? (await givenResource(host, given["lambda"])).output("arn") : given["lambdaArn"],
    };
  } else target = await instanceTarget(host, given, targetType);

  const attachment = await registerChild(
    host,
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    name,
    { ...target, targetGroupArn },
    urn,
    permission === undefined ? [] : [permission],
  );
  return constructed({
    ...(permission === undefined ? {} : { lambdaPermission: permission.reference }),
    targetGroupAttachment: attachment.reference,
  });
};

async function targetGroupOf(
  host: ConstructHost,
  given: InputMap,
): Promise<{ readonly targetGroupArn: Output; readonly targetType: Output }> {
  if (given["targetGroup"] !== undefined) {
    const group = await givenResource(host, given["targetGroup"]);
    return { targetGroupArn: group.output("arn"), targetType: group.output("targetType") };
  }
  const targetGroupArn = settle(given["targetGroupArn"]);
  const group = await lookUp(host, "aws:lb/getTargetGroup:getTargetGroup", { arn: targetGroupArn });
  return { targetGroupArn, targetType: settle(propertyOf(group, "targetType")) };
}

/** The target of an instance is its id or its address, depending on the group's target type. */
async function instanceTarget(
  host: ConstructHost,
  { instance, instanceId }: InputMap,
  targetType: Output,
): Promise<InputMap> {
  const { id, output } =
    instance === undefined ? await instanceOf(host, instanceId) : await givenResource(host, instance);
  const chosen = targetType.value === "instance" ? id : output("privateIp");
  return {
    targetId: targetType.known ? Output.both(targetType, chosen).map(([, target]) => target) : targetType,
    availabilityZone: output("availabilityZone"),
  };
}

async function instanceOf(
  host: ConstructHost,
  instanceId: Input | undefined,
): Promise<Pick<Child, "id" | "output">> {
  const args = { instanceId: instanceId ?? null };
  // The SDK's `getInstanceOutput` drops the dependencies of arguments that aren't known yet.
  const found = settle(args).known
    ? await lookUp(host, "aws:ec2/getInstance:getInstance", args)
    : Output.unknown<Value | undefined>();
  const output = (key: string): Output => settle(propertyOf(found, key));
  return { id: output("id"), output };
}

/** @throws Error unless exactly one of the arguments is given */
function exactlyOne(given: InputMap, ...names: readonly string[]): string {
  const found = names.filter((name) => given[name] !== undefined);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new Error(
    `awsx:lb:TargetGroupAttachment was given ${found.join(" and ") || `none of ${names.join(", ")}`}: give exactly one of ${names.join(", ")}.`,
  );
}
