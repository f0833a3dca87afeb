import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import { EVENT_SCHEDULE, EVENT_TARGET, isOf } from "../../resources";
import { describe } from "../../rule";
import type { Subject } from "../../rule";
import { textsIn, userDataOf, WITH_USER_DATA } from "../../user-data";
import {
  DOCUMENT,
  INTEGRATION,
  MAINTENANCE_TASK,
  REMEDIATION,
  SSM_ASSOCIATION,
  STATE_MACHINE,
} from "./types";

/** What has something done after the deployment: by AWS's API, or by a document of Systems Manager. */
export const LATER: readonly string[] = [
  ...EVENT_SCHEDULE,
  ...EVENT_TARGET,
  ...STATE_MACHINE,
  ...SSM_ASSOCIATION,
  ...MAINTENANCE_TASK,
  ...REMEDIATION,
  ...DOCUMENT,
  ...INTEGRATION,
  ...WITH_USER_DATA,
];

/**
 * Calls of AWS's API, each as service and operation of the SDK, that neither make nor change what the rules judge:
 * those that read, those that hand over a message or start what the program declares, and those that start, stop, copy
 * and size what is there. All others may make anything.
 *
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html,
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
 */
const HARMLESS_CALLS: readonly RegExp[] = [
  /^\w+:(get|list|describe|batchGet|head|search|lookup|query|scan|select|detect)/,
  /^(sqs|sns|dynamodb|kinesis|firehose|athena|glue|ses|sesv2|logs|textract|transcribe|translate|rekognition|comprehend|polly|bedrockruntime|xray|timestreamwrite|redshiftdata|rdsdata):(?!putResourcePolicy|addPermission|setQueueAttributes|setTopicAttributes)/,
  /^lambda:invoke(Async)?$/,
  /^(sfn|states):(start|stop|send)/,
  /^(eventbridge|events):putEvents$/,
  /^cloudwatch:(putMetricData|enableAlarmActions|setAlarmState)$/,
  /^codebuild:(stop|retry)|^codepipeline:(start|stop|retry)/,
  /^batch:(submit|cancel|terminate)Job/,
  /^s3:(put|copy|delete|restore)Objects?(Tagging)?$/,
  /^ec2:((start|stop|reboot|terminate)Instances|(create|copy|delete)Snapshots?|(create|copy|deregister)Image|(create|delete)Tags)$/,
  /^(rds|docdb|neptune|redshift):((start|stop|reboot|pause|resume)\w+|(create|copy|delete)\w*Snapshot)$/,
  /^(backup|dlm|efs|fsx|elasticache|memorydb):(start|stop|create|copy|delete)\w*(Job|Backup|Snapshot)$/,
  /^autoscaling:(setDesiredCapacity|(start|cancel|rollback)InstanceRefresh|resumeProcesses|completeLifecycleAction|terminateInstanceInAutoScalingGroup|enableMetricsCollection|(put|delete)WarmPool)$/i,
  /^elasticloadbalancingv2:modifyCapacityReservation$/,
  /^(ecs:(stopTask|startTask)|emr:terminateJobFlows|cloudfront:createInvalidation|kms:(encrypt|decrypt|generateDataKey|sign|verify)|sagemaker:(start|stop)\w+|sts:\w+|secretsmanager:rotateSecret)$/i,
];

/** Calls that only change sizes, as long as what they are given says nothing else. */
const SIZING: Readonly<Record<string, readonly string[]>> = {
  "autoscaling:updateautoscalinggroup": ["AutoScalingGroupName", "MinSize", "MaxSize", "DesiredCapacity"],
  "codebuild:startbuild": ["ProjectName", "SourceVersion"],
  "ecs:updateservice": ["Cluster", "Service", "DesiredCount", "ForceNewDeployment"],
};

/**
 * Documents of Systems Manager that look after what is there: patches, agents, inventories, starting and stopping, and
 * remedies that close what is open.
 *
 * Source: https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-runbook-reference.html
 */
const HARMLESS_DOCUMENTS =
  /^(arn:[\w-]+:ssm:[\w-]*:\d*:(document|automation-definition)\/)?(AWS-(GatherSoftwareInventory|UpdateSSMAgent|RunPatchBaseline\w*|PatchAsgInstance|PatchInstanceWithRollback|ConfigureAWSPackage|ConfigureCloudWatch|ConfigureWindowsUpdate|FindWindowsUpdates|InstallWindowsUpdates|RefreshAssociation|JoinDirectoryServiceDomain|(Start|Stop|Restart|Reboot|Terminate)(EC2|Rds|Aurora)?\w*(Instances?|Cluster)|StartEC2InstancesWithApproval|(Create|Delete)(Snapshot|Image|RdsSnapshot)|CreateRdsSnapshot|PublishSNSNotification|Disable\w+|EnableS3\w+|EnableCloudTrail\w*|EnableEbsEncryptionByDefault|EnableVPCFlowLogs|ConfigureS3Bucket(Logging|PublicAccessBlock|Versioning)|ConfigureS3PublicAccessBlock)|AWSConfigRemediation-\w+|AWSSupport-(?!ExecuteEC2Rescue|GrantPermissions|Setup|StartEC2Rescue)\w+|AWSEC2-\w+|AmazonCloudWatch-(ManageAgent|MigrateCloudWatchAgent)|AmazonInspector\w*-\w+|AWSFIS-Run-[\w-]+|AWSQuickSetup\w*-\w+)(:[\w$]+)?$/;

const AMAZONS_DOCUMENT = /(^|\/)(AWS|Amazon)[\w]*-/;

/** Documents that run the commands they are given. */
const SHELL = /^(arn:[\w-]+:ssm:[\w-]*:\d*:document\/)?AWS-Run(Shell|PowerShell)Script$/;

/** Programs that reach nothing but the instance they run on. */
const LOCAL_PROGRAM =
  /^(systemctl|service|yum|dnf|apt|apt-get|rpm|dpkg|amazon-linux-extras|echo|printf|sleep|set|cd|export|true|rm|mkdir|touch|cp|mv|ln|chmod|chown|cat|tee|sysctl|journalctl|logrotate|df|du|free|uptime|date|hostname|hostnamectl|timedatectl|fstrim|sync|reboot|shutdown)$/;

const CALL = /^\w{2,64}:\w{2,80}$/;
const SHOWN = /^(arn:[\w-]{3,12}:[\w-]+:[\w-]*:[\w-]*:)?[\w:/-]{2,120}$/;

/** A thing that is done later, and whether it is harmless. */
interface Later {
  readonly label: string;
  readonly what: Reading;
  /** As a configuration allows it: `service:operation`, or the name of a document. */
  readonly name: string;
}

/**
 * What a resource has done later that may make or change what the rules judge, in sentences.
 *
 * @param allowed calls and documents that a configuration allows
 */
export function laterFaults(resource: Subject, allowed: readonly string[]): string[] {
  return laterOf(resource)
    .filter(({ name }) => !allowed.includes(name))
    .map(
      ({ label, what }) =>
        `${label} ${describe(what, SHOWN)}, which may make or change what the rules judge; it must be one of those that ` +
        "don't, or be allowed by the setting allowedCalls",
    );
}

function laterOf(resource: Subject): Later[] {
  const at = (...path: string[]): Reading => read(resource.props, path);
  if (isOf(EVENT_SCHEDULE, resource)) return arn("target.arn", at("target", "arn"), at("target", "input"));
  if (isOf(EVENT_TARGET, resource)) return arn("arn", at("arn"), at("input"));
  if (isOf(REMEDIATION, resource)) return document("targetId", at("targetId"), undefined);
  if (isOf(SSM_ASSOCIATION, resource)) return document("name", at("name"), at("parameters", "commands"));
  if (isOf(MAINTENANCE_TASK, resource)) return maintenance(resource);
  if (isOf(INTEGRATION, resource)) return integration(at("uri"));
  if (isOf(WITH_USER_DATA, resource)) return commandLineCalls(resource);
  return programCalls(isOf(DOCUMENT, resource) ? "content" : "definition", resource);
}

/** Where a schedule or rule leads; a target that is not known yet is a function or a queue of the same program. */
function arn(label: string, what: Reading, input: Reading): Later[] {
  if (what.kind !== "known" || typeof what.value !== "string") return [];
  const [, service, operation] = /^arn:[\w-]+:scheduler:::aws-sdk:(\w+):(\w+)$/i.exec(what.value) ?? [];
  if (service !== undefined && operation !== undefined) {
    const name = `${service}:${operation}`;
    return isHarmlessCall(name, input) ? [] : [{ label, what, name }];
  }
  return /:ssm:/.test(what.value) ? document(label, what, read(jsonOf(input), ["commands"])) : [];
}

/** What the input of a target says, as JSON; undefined if that isn't known, or no JSON. */
function jsonOf(input: Reading | undefined): unknown {
  if (input?.kind !== "known" || typeof input.value !== "string") return undefined;
  try {
    return JSON.parse(input.value);
  } catch {
    return undefined;
  }
}

/** Amazon's own integrations of API Gateway with AWS's services: `arn:…:apigateway:REGION:SERVICE:action/OPERATION`. */
function integration(uri: Reading): Later[] {
  const text = uri.kind === "known" && typeof uri.value === "string" ? uri.value : "";
  const [, service = "", operation = ""] =
    /:apigateway:[\w-]*:(?:[\w-]+\.)?([\w-]+):action\/(\w+)/.exec(text) ?? [];
  if (operation === "") return [];
  const name = `${service}:${operation}`;
  return isHarmlessCall(name, undefined)
    ? []
    : [{ label: "uri", what: { kind: "known", value: name }, name }];
}

function maintenance(resource: Subject): Later[] {
  const type = read(resource.props, ["taskType"]);
  if (type.kind === "known" && (type.value === "LAMBDA" || type.value === "STEP_FUNCTIONS")) return [];
  const parameters = readList(resource.props, [
    ...["taskInvocationParameters", "runCommandParameters", "parameters"],
  ]);
  const commands = (isList(parameters) ? parameters : []).find(
    (one) =>
      one.kind === "known" && read(one.value, ["name"]).kind === "known" && nameOf(one.value) === "commands",
  );
  const values = commands?.kind === "known" ? read(commands.value, ["values"]) : undefined;
  return document("taskArn", read(resource.props, ["taskArn"]), values);
}

function nameOf(value: unknown): unknown {
  const name = read(value, ["name"]);
  return name.kind === "known" ? name.value : undefined;
}

/**
 * A document by its name or ARN; one that runs commands is as harmless as these. One of the account's own is judged by
 * what is in it.
 */
function document(label: string, what: Reading, commands: Reading | undefined): Later[] {
  const name = what.kind === "known" && typeof what.value === "string" ? what.value : "";
  if (!AMAZONS_DOCUMENT.test(name) || HARMLESS_DOCUMENTS.test(name)) return [];
  if (SHELL.test(name) && commands !== undefined && areLocal(commands)) return [];
  return [{ label, what, name }];
}

/** True for commands that are known, and start nothing but programs that stay on the instance. */
function areLocal(commands: Reading): boolean {
  const list = commands.kind === "known" ? readList(commands.value, []) : commands;
  const lines = isList(list) ? list : [list];
  return lines.every((line) => {
    if (line.kind !== "known" || typeof line.value !== "string" || /[`$]\(|`|<\(/.test(line.value))
      return false;
    return line.value.split(/[\n;|&]+/).every((command) => {
      const words = command.trim().split(/\s+/);
      const first =
        words.find((word) => !/^(sudo|-\w+|\w+=\S*|then|do|if|fi|done|else|!|)$/.test(word)) ?? "";
      return first === "" || first.startsWith("#") || LOCAL_PROGRAM.test(first);
    });
  });
}

/** Calls in a state machine or a document of Systems Manager, as far as its text is known. */
function programCalls(property: string, resource: Subject): Later[] {
  const reading = read(resource.props, [property]);
  const text = reading.kind === "known" && typeof reading.value === "string" ? reading.value : "";
  const names = [...text.matchAll(SDK_CALL), ...text.matchAll(API_CALL)].map(
    ([, service = "", operation = ""]) => `${service.replaceAll("-", "")}:${operation}`,
  );
  const guilty = [
    ...names.filter((name) => !isHarmlessCall(name, undefined)),
    ...(text.match(OTHER_ACTION) ?? []),
    ...(/aws:run(Power)?ShellScript/.test(text) && !areLocal(commandsIn(text)) ? ["aws:runShellScript"] : []),
  ];
  return [...new Set(guilty)].map((name) => {
    const what: Reading = { kind: "known", value: name };
    return { label: `An action of ${property}`, what, name };
  });
}

/** Of a state machine: `arn:aws:states:::aws-sdk:SERVICE:OPERATION`. */
const SDK_CALL = /:states:::aws-sdk:(\w+):(\w+)/g;
/** Of a document, in JSON or YAML: `Service` and `Api` of `aws:executeAwsApi`. */
const API_CALL = /["']?Service["']?\s*:\s*["']?([\w-]+)["']?[\s,]+["']?Api["']?\s*:\s*["']?(\w+)/gi;
/** What runs code, or makes something by itself. */
const OTHER_ACTION =
  /eks:(call|runJob)\b|aws:(createStack|executeScript|runInstances|executeAutomation)\b|AssignPublicIp["']?\s*:\s*["']?ENABLED/g;

/** The commands of a document in JSON, or else in YAML: the items of its lists. */
function commandsIn(text: string): Reading {
  const lines: string[] = [];
  const collect = (value: unknown, key: string): void => {
    if (typeof value === "string" && key === "runCommand") lines.push(value);
    else if (typeof value === "object" && value !== null)
      for (const [inner, one] of Object.entries(value)) collect(one, Array.isArray(value) ? key : inner);
  };
  try {
    collect(JSON.parse(text), "");
  } catch {
    const list = text
      .slice(text.search(/\brunCommand["']?:/))
      .split("\n")
      .slice(1);
    lines.push(...list.map((line) => line.replace(/^\s*-?\s*["']?|["']\s*$/g, "")));
  }
  return { kind: "known", value: lines };
}

/** Services of which the rules judge something, as AWS's command line calls them, words of a list too. */
const COMMAND_LINE =
  /\baws(?:[\s,"']+--[\w-]+(?:[= ][^\s-]\S*)?)*[\s,"']+(elbv2|elb|ec2|autoscaling|cloudformation|cloudcontrol|ecs)[\s,"']+([a-z][a-z0-9-]+)/g;
/** What an instance asks of them for itself, that changes nothing the rules judge. */
const OF_AN_INSTANCE =
  /^(ec2:(wait|attach(Volume|NetworkInterface)|detachVolume|createVolume|modifyInstanceAttribute|(un)?assignPrivateIpAddresses|(create|replace)Route|getPasswordData)|autoscaling:(enterStandby|exitStandby|setInstance(Health|Protection)|recordLifecycleActionHeartbeat)|cloudformation:signalResource|elbv2:(de)?registerTargets|ecs:(updateContainerInstancesState|registerContainerInstance|wait)|\w+:wait)$/;

/** Calls in user data by AWS's command line. */
function commandLineCalls(resource: Subject): Later[] {
  return userDataOf(resource).flatMap(({ label, text }) => {
    const calls = textsIn(text).flatMap((inner) => [
      ...inner.replace(/^\s*#.*$/gm, "").matchAll(COMMAND_LINE),
    ]);
    const names = calls.map(
      ([, service = "", operation = ""]) =>
        `${service}:${operation.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}`,
    );
    const guilty = names.filter((name) => !OF_AN_INSTANCE.test(name) && !isHarmlessCall(name, undefined));
    return [...new Set(guilty)].map((name): Later => {
      return { label: `A call in ${label}`, what: { kind: "known", value: name }, name };
    });
  });
}

/** @param input what the call is given; undefined where it can't be told */
function isHarmlessCall(name: string, input: Reading | undefined): boolean {
  if (!CALL.test(name)) return false;
  const [service = "", operation = ""] = name.split(":");
  const plain = `${service.toLowerCase().replaceAll("-", "")}:${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
  if (HARMLESS_CALLS.some((call) => call.test(plain))) return true;
  const keys = SIZING[plain.toLowerCase()];
  if (keys === undefined) return false;
  const given = jsonOf(input);
  return typeof given === "object" && given !== null && Object.keys(given).every((key) => keys.includes(key));
}
