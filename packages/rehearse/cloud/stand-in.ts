import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { UNKNOWN } from "../values";
import type { Answers } from "./answers";

import { expandDefaultVpc } from "./awsx/default-vpc";
import {
  expandApplicationLoadBalancer,
  expandNetworkLoadBalancer,
  expandTargetGroupAttachment,
} from "./awsx-lb";
import { expandVpc } from "./awsx-vpc";
import { componentOutputs, methodResult } from "./component";
import { check, create, invoke, read } from "./index";
import { type Cloud, type CloudContext, type Construct, type Created, STACK_REFERENCE } from "./types";

/** The remote components that the rehearsal expands; all others stay one box. */
const CONSTRUCTS: Readonly<Record<string, Construct>> = {
  "awsx:ec2:DefaultVpc": expandDefaultVpc,
  "awsx:ec2:Vpc": expandVpc,
  "awsx:lb:ApplicationLoadBalancer": expandApplicationLoadBalancer,
  "awsx:lb:NetworkLoadBalancer": expandNetworkLoadBalancer,
  "awsx:lb:TargetGroupAttachment": expandTargetGroupAttachment,
};

/** The stand-in cloud with a user's answers: everything that the engine needs from providers. */
export function standInCloud(answers: Answers): Cloud {
  return {
    check,
    create,
    read: (type, name, urn, id, state, context) =>
      type === STACK_REFERENCE ? readStack(id, answers, context) : read(type, name, urn, id, state, context),
    invoke: (token, args, context) => invoke(token, args, context, answers.invokes),
    outputsOf: componentOutputs,
    methodResult,
    constructs: CONSTRUCTS,
    awsVersionOf,
  };
}

/**
 * Another stack's outputs. Without an answer a preview continues with unknown outputs; an update can't, because the
 * SDK doesn't support unknown values there.
 * @throws Error in `up`, naming the stack and the remedy.
 */
function readStack(stack: string, answers: Answers, { mode }: CloudContext): Created {
  const outputs = answers.stackReferences?.[stack];
  if (outputs) return { id: stack, outputs: { name: stack, outputs, secretOutputNames: [] } };
  if (mode === "preview")
    return { id: stack, outputs: { name: stack, outputs: UNKNOWN, secretOutputNames: UNKNOWN } };
  const example = JSON.stringify({ stackReferences: { [stack]: { OUTPUT: "VALUE" } } });
  throw new Error(
    `the outputs of stack ${stack} aren't known: provide them in a JSON file with --answers: ${example}`,
  );
}

/** A component's provider uses its own `@pulumi/aws`: the version with which its SDK was released. */
function awsVersionOf(componentType: string, context: CloudContext): string {
  const pkg = componentType.split(":")[0] ?? "";
  try {
    const manifest = createRequire(join(context.programDir, "package.json")).resolve(
      `@pulumi/${pkg}/package.json`,
    );
    const { dependencies } = JSON.parse(readFileSync(manifest, "utf8")) as {
      dependencies?: Record<string, string>;
    };
    return (dependencies?.["@pulumi/aws"] ?? "").replace(/^\D*/, "");
  } catch {
    return "";
  }
}
