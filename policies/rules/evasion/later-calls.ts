import { isList, jsonOf, read, readList } from "../../read";
import type { Reading } from "../../read";
import {
  AMPLIFY_APP,
  BUILD_PROJECT,
  DOCUMENT,
  EVENT_SCHEDULE,
  EVENT_TARGET,
  IMAGE_COMPONENT,
  isOf,
  JOB_DEFINITION,
  KUBERNETES_WORKLOAD,
  MAINTENANCE_TASK,
  PIPE,
  SSM_ASSOCIATION,
  TASK_DEFINITION,
} from "../../resources";
import { describe } from "../../rule";
import type { Subject } from "../../rule";
import { commandsIn } from "../../scripts";
import { textsIn, userDataOf, WITH_USER_DATA } from "../../user-data";
import { areLocal, openingCalls } from "./commands";
import { AMAZONS_DOCUMENT, HARMLESS_DOCUMENTS, isHarmlessCall, SHELL } from "./harmless-calls";
import {
  API_DESTINATION,
  CONFORMANCE_PACK,
  EXPERIMENT,
  INTEGRATION,
  NOTEBOOK_SCRIPT,
  PIPELINE,
  REMEDIATION,
  RESPONSE_PLAN,
  STATE_MACHINE,
} from "./types";

/** Types that run scripts outside the program's instances, and the properties that hold the scripts. */
const WITH_COMMANDS: readonly (readonly [types: readonly string[], properties: readonly string[]])[] = [
  [BUILD_PROJECT, ["source", "secondarySources"]],
  [PIPELINE, ["stages"]],
  [IMAGE_COMPONENT, ["data"]],
  [AMPLIFY_APP, ["buildSpec"]],
  [TASK_DEFINITION, ["containerDefinitions"]],
  [JOB_DEFINITION, ["containerProperties", "nodeProperties", "ecsProperties", "eksProperties"]],
  [KUBERNETES_WORKLOAD, ["spec"]],
  [NOTEBOOK_SCRIPT, ["onCreate", "onStart", "studioLifecycleConfigContent"]],
];

/** Types that make AWS API calls or run Systems Manager documents after the deployment. */
export const LATER: readonly string[] = [
  ...EVENT_SCHEDULE,
  ...EVENT_TARGET,
  ...PIPE,
  ...STATE_MACHINE,
  ...SSM_ASSOCIATION,
  ...MAINTENANCE_TASK,
  ...REMEDIATION,
  ...CONFORMANCE_PACK,
  ...RESPONSE_PLAN,
  ...DOCUMENT,
  ...INTEGRATION,
  ...WITH_USER_DATA,
  ...EXPERIMENT,
  ...API_DESTINATION,
  ...WITH_COMMANDS.flatMap(([types]) => types),
];

const SHOWN = /^[\w:/-]{2,160}$/;

/** A call or document that runs later. */
interface Later {
  readonly label: string;
  readonly what: Reading;
  /** Its name in the setting allowedCalls: `service:operation`, or the name of a document. */
  readonly name: string;
}

/** The later calls of a resource that may create or change what the rules judge. */
export interface LaterProblems {
  /** Sentences without a full stop. */
  readonly problems: readonly string[];
  /** The names that a configuration would have to allow, without those that may not be shown. */
  readonly names: readonly string[];
}

/** @param allowed calls and documents that a configuration allows */
export function laterProblems(resource: Subject, allowed: readonly string[]): LaterProblems {
  const guilty = laterOf(resource).filter(({ name }) => !allowed.includes(name));
  return {
    names: guilty.map(({ name }) => name).filter((name) => SHOWN.test(name)),
    problems: guilty.map(
      ({ label, what }) =>
        `${label} ${describe(what, SHOWN)}, which may create or change what the rules judge; it must be one that ` +
        "doesn't, or be allowed by the setting allowedCalls",
    ),
  };
}

function laterOf(resource: Subject): Later[] {
  const at = (...path: string[]): Reading => read(resource.props, path);
  if (isOf(EVENT_SCHEDULE, resource)) {
    const input = at("target", "input");
    return [...arn("target.arn", at("target", "arn"), input), ...commandCalls("target.input", input)];
  }
  if (isOf(EVENT_TARGET, resource))
    return [...arn("arn", at("arn"), at("input")), ...commandCalls("input", at("input"))];
  if (isOf(PIPE, resource)) return commandCalls("targetParameters", at("targetParameters"));
  if (isOf(REMEDIATION, resource)) return document("targetId", at("targetId"), undefined);
  if (isOf(CONFORMANCE_PACK, resource)) return remediations(at("templateBody"));
  if (isOf(SSM_ASSOCIATION, resource)) return document("name", at("name"), at("parameters", "commands"));
  if (isOf(MAINTENANCE_TASK, resource)) return maintenance(resource);
  if (isOf(RESPONSE_PLAN, resource)) return responses(resource);
  if (isOf(INTEGRATION, resource)) return integration(at("uri"));
  if (isOf(WITH_USER_DATA, resource)) return userDataOf(resource).flatMap(scriptCalls);
  if (isOf(EXPERIMENT, resource)) return experiment(resource);
  if (isOf(API_DESTINATION, resource))
    return isAwsApi(at("invocationEndpoint")) ? [later("invocationEndpoint", "http:invoke")] : [];
  const scripts = WITH_COMMANDS.find(([types]) => isOf(types, resource))?.[1];
  if (scripts !== undefined) return scripts.flatMap((label) => commandCalls(label, at(label)));
  return programCalls(isOf(DOCUMENT, resource) ? "content" : "definition", resource);
}

/**
 * The call or document that a schedule or rule starts. A target that is not known yet is for the stack rule to judge.
 */
function arn(label: string, what: Reading, input: Reading): Later[] {
  if (what.kind !== "known" || typeof what.value !== "string") return [];
  const [, name] = /^arn:[\w-]+:scheduler:::aws-sdk:(\w+:\w+)$/i.exec(what.value) ?? [];
  if (name !== undefined) return isHarmlessCall(name, keysOf(input)) ? [] : [{ label, what, name }];
  return /:ssm:/.test(what.value) ? document(label, what, read(saidIn(input), ["commands"])) : [];
}

/** The names of a call's parameters; undefined if they are not known. */
function keysOf(input: Reading): string[] | undefined {
  const given = saidIn(input);
  return typeof given === "object" && given !== null ? Object.keys(given) : undefined;
}

/** The JSON value of a known text. */
function saidIn(reading: Reading): unknown {
  return reading.kind === "known" ? jsonOf(reading.value) : undefined;
}

function later(label: string, name: string): Later {
  return { label, what: { kind: "known", value: name }, name };
}

/** Calls in a script, and in texts encoded in it. */
function scriptCalls({ label, text }: { readonly label: string; readonly text: string }): Later[] {
  const names = new Set(textsIn(text).flatMap(openingCalls));
  return [...names].map((name) => later(`A call in ${label}`, name));
}

/** Calls in the commands of builds and containers, also in those by which a call or target replaces them. */
function commandCalls(label: string, reading: Reading): Later[] {
  return (
    scriptCalls({ label, text: stringsIn(reading).join("\n") })
      // Deploying templates is what builds are for.
      .filter(({ name }) => !name.startsWith("cloudformation:"))
  );
}

/** All texts within a value, including those in JSON, and the command of each container as one line. */
function stringsIn(reading: Reading): string[] {
  if (reading.kind !== "known") return [];
  const said = saidIn(reading);
  const value = typeof said === "object" ? said : reading.value;
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  const texts = Object.keys(value).flatMap((key) => stringsIn(read(value, [key])));
  return [...texts, ...runOf(value)];
}

/** The command of an ECS, Batch or Kubernetes container, prefixed by `aws` in the image of the AWS CLI. */
function runOf(container: object): string[] {
  const words = ["entryPoint", "command", "args"].flatMap((key) => stringsIn(read(container, [key])));
  const isCommandLine = /(^|\/)aws-cli([:@]|$)/.test(String(fieldOf(container, "image")));
  return words.length === 0 ? [] : [[...(isCommandLine ? ["aws"] : []), ...words].join(" ")];
}

function isAwsApi(url: Reading): boolean {
  return url.kind === "known" && AWS_API.test(String(url.value));
}

/**
 * Actions of AWS Fault Injection Service that stop, fill up, disconnect or throttle existing resources.
 *
 * Source: https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html
 */
const HARMLESS_PROBLEMS =
  /^aws:(arc:start-zonal-autoshift|(cloudwatch|directconnect|dynamodb|ebs|ec2|ecs|elasticache|fis|kinesis|lambda|memorydb|mq|msk|network|rds|s3):[\w-]+|eks:(pod-[\w-]+|terminate-nodegroup-instances))$/;

/** The actions of an AWS Fault Injection Service experiment, including Systems Manager documents. */
function experiment(resource: Subject): Later[] {
  const actions = readList(resource.props, ["actions"]);
  return (isList(actions) ? actions : []).flatMap((one, index) => {
    const action = one.kind === "known" ? one.value : undefined;
    const id = read(action, ["actionId"]);
    const name = id.kind === "known" ? String(id.value) : "";
    const label = `actions[${index}]`;
    if (name === "" || HARMLESS_PROBLEMS.test(name)) return [];
    if (!name.startsWith("aws:ssm:")) return [{ label: `${label}.actionId`, what: id, name }];
    const parameters = readList(action, ["parameters"]);
    const at = (key: string): Reading =>
      (isList(parameters) ? parameters : [])
        .map((given) => (given.kind === "known" ? given.value : undefined))
        .filter((given) => fieldOf(given, "key") === key)
        .map((given) => read(given, ["value"]))[0] ?? { kind: "absent" };
    const commands = read(saidIn(at("documentParameters")), ["commands"]);
    return document(`${label}.parameters: documentArn`, at("documentArn"), commands);
  });
}

/** The documents that the remediation configurations in the template of a conformance pack start. */
function remediations(template: Reading): Later[] {
  const text = template.kind === "known" && typeof template.value === "string" ? template.value : "";
  return [...text.matchAll(/\bTargetId["']?\s*:\s*["']?([^\s"',}]+)/g)].flatMap(([, name]) =>
    document("A TargetId in templateBody", { kind: "known", value: name }, undefined),
  );
}

/** API Gateway's integrations with AWS services: `arn:…:apigateway:REGION:SERVICE:action/OPERATION`. */
function integration(uri: Reading): Later[] {
  const text = uri.kind === "known" && typeof uri.value === "string" ? uri.value : "";
  const [, service = "", operation = ""] =
    /:apigateway:[\w-]*:(?:[\w-]+\.)?([\w-]+):action\/(\w+)/.exec(text) ?? [];
  if (operation === "") return [];
  const name = `${service}:${operation}`;
  return isHarmlessCall(name) ? [] : [later("uri", name)];
}

function maintenance(resource: Subject): Later[] {
  const type = read(resource.props, ["taskType"]);
  if (type.kind === "known" && (type.value === "LAMBDA" || type.value === "STEP_FUNCTIONS")) return [];
  const parameters = readList(resource.props, [
    "taskInvocationParameters",
    "runCommandParameters",
    "parameters",
  ]);
  const commands = (isList(parameters) ? parameters : []).find(
    (one) => one.kind === "known" && fieldOf(one.value, "name") === "commands",
  );
  const values = commands?.kind === "known" ? read(commands.value, ["values"]) : undefined;
  return document("taskArn", read(resource.props, ["taskArn"]), values);
}

/** The documents that a response plan starts. */
function responses(resource: Subject): Later[] {
  const path = ["action", "ssmAutomations"];
  const started = readList(resource.props, path);
  return (isList(started) ? started : []).flatMap((one, index) =>
    one.kind === "known"
      ? document(`${path.join(".")}[${index}].documentName`, read(one.value, ["documentName"]), undefined)
      : [],
  );
}

function fieldOf(value: unknown, field: string): unknown {
  const reading = read(value, [field]);
  return reading.kind === "known" ? reading.value : undefined;
}

/**
 * A document by its name or ARN. A document that runs commands is harmless if they are. The account's own documents are
 * judged by their content.
 */
function document(label: string, what: Reading, commands: Reading | undefined): Later[] {
  const name = what.kind === "known" && typeof what.value === "string" ? what.value : "";
  if (!AMAZONS_DOCUMENT.test(name) || HARMLESS_DOCUMENTS.test(name)) return [];
  if (SHELL.test(name) && commands !== undefined && areLocal(commands)) return [];
  return [{ label, what, name }];
}

/** Calls in a state machine or a Systems Manager document whose text is known. */
function programCalls(property: string, resource: Subject): Later[] {
  const reading = read(resource.props, [property]);
  const text = reading.kind === "known" && typeof reading.value === "string" ? reading.value : "";
  const names = [...text.matchAll(SDK_CALL), ...text.matchAll(API_CALL)].map(
    ([, service = "", operation = ""]) => `${service.replaceAll("-", "")}:${operation}`,
  );
  const guilty = [
    ...names.filter((name) => !isHarmlessCall(name)),
    ...(text.match(OTHER_ACTION) ?? []),
    ...(/:states:::http:invoke/.test(text) &&
    [...text.matchAll(ENDPOINT)].some(([, url]) => AWS_API.test(url!))
      ? ["http:invoke"]
      : []),
    ...(/aws:run(Power)?ShellScript/.test(text) &&
    !areLocal({ kind: "known", value: commandsIn(text, "runCommand") })
      ? ["aws:runShellScript"]
      : []),
  ];
  const started = [...text.matchAll(STARTED)].flatMap(([, name]) =>
    document(
      `A document in ${property}`,
      { kind: "known", value: name },
      { kind: "known", value: commandsIn(text, "commands") },
    ),
  );
  return [
    ...[...new Set(guilty)].map((name) => later(`An action of ${property}`, name)),
    ...started,
    ...(isOf(STATE_MACHINE, resource) ? commandCalls(property, reading) : []),
  ];
}

/** The document that `aws:runCommand` or `aws:runDocument` starts, in JSON or YAML. */
const STARTED = /\b(?:DocumentName|documentPath)["']?\s*:\s*["']?([\w:/.-]+)/g;

/** An SDK call in a state machine: `arn:aws:states:::aws-sdk:SERVICE:OPERATION`. */
const SDK_CALL = /:states:::aws-sdk:(\w+):(\w+)/g;
/** The URL of an `http:invoke` in a state machine. */
const ENDPOINT = /ApiEndpoint["']?\s*:\s*["']?([^"'\s]+)/g;
/** A URL of AWS's own APIs, but not one behind which customers run their own programs. */
const AWS_API =
  /^https:\/\/(?![\w.-]*\b(execute-api|lambda-url|appsync-api|s3|cognito-idp)\.)[\w.-]+\.(amazonaws\.com(\.cn)?|api\.aws)([/:?]|$)/i;
/** `Service` and `Api` of `aws:executeAwsApi` in a document, in JSON or YAML. */
const API_CALL = /Service["']?\s*:\s*["']?([\w-]+)["']?[\s,"']+Api["']?\s*:\s*["']?(\w+)/gi;
/** Actions that run code or create resources. */
const OTHER_ACTION =
  /eks:(call|runJob)\b|aws:(createStack|executeScript|runInstances|executeAutomation)\b|AssignPublicIp["']?\s*:\s*["']?ENABLED/g;
