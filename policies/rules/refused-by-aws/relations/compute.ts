import { isList, read, readList, upperCase } from "../../../read";
import type { Reading } from "../../../read";
import {
  ECS_SERVICE,
  ECS_TASK_SET,
  EVENT_SCHEDULE,
  EVENT_TARGET,
  INSTANCE,
  LAUNCH_TEMPLATE,
  TASK_DEFINITION,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given } from "../../../stack";
import { text } from "../known";
import { alone, isSet, pair, type Relation } from "./relation";

const TASK_FIX =
  '{ requiresCompatibilities: ["FARGATE"], networkMode: "awsvpc", cpu: "256", memory: "512", … }';

/**
 * By CPU units, the memory in MiB that Fargate offers: minimum, maximum and step.
 *
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
const FARGATE_SIZES: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [512, 2_048, 512],
  512: [1_024, 4_096, 1_024],
  1_024: [2_048, 8_192, 1_024],
  2_048: [4_096, 16_384, 1_024],
  4_096: [8_192, 30_720, 1_024],
  8_192: [16_384, 61_440, 4_096],
  16_384: [32_768, 122_880, 8_192],
};
const GREATEST = Math.max(...Object.keys(FARGATE_SIZES).map(Number));

/** CPU in units or memory in MiB, which may be written in vCPU and GB; undefined if it is not known. */
function sizeOf(reading: Reading, unit: RegExp): number | undefined {
  if (reading.kind !== "known") return undefined;
  const [, number, inUnits] = unit.exec(String(reading.value).trim()) ?? [];
  return number === undefined ? undefined : Number(number) * (inUnits === undefined ? 1 : 1_024);
}

function sizeProblem(task: StackSubject): string | undefined {
  const [cpu, memory] = [given(task, "cpu"), given(task, "memory")];
  if (cpu.kind === "absent") return "cpu is not set; Fargate requires it";
  if (memory.kind === "absent") return "memory is not set; Fargate requires it";
  const [units, size] = [sizeOf(cpu, /^([\d.]+)( ?vCPU)?$/i), sizeOf(memory, /^([\d.]+)( ?GB)?$/i)];
  if (units === undefined || units > GREATEST) return undefined;
  const sizes = FARGATE_SIZES[units];
  if (sizes === undefined) return `cpu is ${units}; Fargate allows ${Object.keys(FARGATE_SIZES).join(", ")}`;
  const [least, most, step] = sizes;
  // A quarter of a CPU allows only 512, 1024 and 2048.
  const isQuarter = units === 256;
  const offered = isQuarter ? "512, 1024 or 2048 MiB" : `${least} to ${most} MiB, in steps of ${step}`;
  const isOffered =
    size === undefined ||
    (size >= least && size <= most && size % step === 0 && !(isQuarter && size === 1_536));
  return isOffered
    ? undefined
    : `cpu is ${units}, but memory is ${size}; for this cpu Fargate allows ${offered}`;
}

function modeProblem(task: StackSubject): string | undefined {
  const mode = given(task, "networkMode");
  if (mode.kind === "unknown" || text(mode) === "awsvpc") return undefined;
  const words = ["bridge", "host", "none"].find((known) => known === text(mode));
  const is =
    mode.kind === "absent"
      ? "is not set, which means bridge"
      : words === undefined
        ? "is another mode"
        : `is "${words}"`;
  return `networkMode ${is}; Fargate requires "awsvpc"`;
}

/** Whether a service, or the target of a schedule, launches its tasks with Fargate. */
function isOfFargate(launch: unknown): boolean {
  if (upperCase(read(launch, ["launchType"])) === "FARGATE") return true;
  const strategies = readList(launch, ["capacityProviderStrategies"]);
  return (
    isList(strategies) &&
    strategies.some(
      (one) =>
        one.kind === "known" && /^FARGATE(_SPOT)?$/.test(text(read(one.value, ["capacityProvider"])) ?? ""),
    )
  );
}

/** Whether a task definition requires compatibility with Fargate. */
function isForFargate(task: StackSubject): boolean {
  const launchTypes = readList(task.props, ["requiresCompatibilities"]);
  return isList(launchTypes) && launchTypes.some((one) => one.kind === "known" && one.value === "FARGATE");
}

/** Whether a task definition names only launch types other than Fargate. */
function isForOthers(task: StackSubject): boolean {
  const launchTypes = readList(task.props, ["requiresCompatibilities"]);
  return (
    isList(launchTypes) &&
    launchTypes.length > 0 &&
    launchTypes.every((one) => one.kind === "known" && one.value !== "FARGATE")
  );
}

/** By type, the path of its launch settings, and the property in them that names the task definition. */
const LAUNCHES: readonly (readonly [types: readonly string[], path: readonly string[], task: string])[] = [
  [[...ECS_SERVICE, ...ECS_TASK_SET], [], "taskDefinition"],
  [EVENT_SCHEDULE, ["target", "ecsParameters"], "taskDefinitionArn"],
  [EVENT_TARGET, ["ecsTarget"], "taskDefinitionArn"],
];

/** The launch settings of a resource, and the network of its tasks. */
function launchOf(resource: StackSubject, path: readonly string[]): { props: unknown; network: Reading } {
  if (path.length === 0) return { props: resource.props, network: given(resource, "networkConfiguration") };
  const launch = read(resource.props, path);
  const props = launch.kind === "known" ? launch.value : undefined;
  return { props, network: read(props, ["networkConfiguration"]) };
}

/** Why Fargate cannot launch a task, regardless of its requiresCompatibilities. */
function fargateProblem(task: StackSubject): string | undefined {
  return modeProblem(task) ?? sizeProblem(task);
}

/**
 * Task definitions that another resource launches with Fargate.
 *
 * @param refused - what is wrong with one, to complete "It launches … on Fargate, …"
 */
function byFargate(refused: (definition: StackSubject) => string | undefined, isAdvice = false): Relation[] {
  return LAUNCHES.map(([of, path, task]) => {
    const [property = "", ...within] = [...path, task];
    return {
      of,
      source: "Task definition does not support launch_type FARGATE",
      fix: `${TASK_FIX} of the task definition`,
      isAdvice,
      judge: pair(
        [{ property, within }],
        TASK_DEFINITION,
        ["arn", "id", "family"],
        (resource, definition) => {
          const problem = isOfFargate(launchOf(resource, path).props) ? refused(definition) : undefined;
          return problem && `It launches "${definition.name}" on Fargate, ${problem}`;
        },
      ),
    };
  });
}

/** Relations of tasks and instances. */
export const compute: readonly Relation[] = [
  {
    of: TASK_DEFINITION,
    source: "ClientException: No Fargate configuration exists for given values",
    fix: TASK_FIX,
    judge: () => (task) => (isForFargate(task) ? [modeProblem(task), sizeProblem(task)] : []),
  },
  ...byFargate((definition) => {
    // A task definition that requires Fargate is reported itself.
    const problem = isForFargate(definition) ? undefined : fargateProblem(definition);
    return problem && `but its ${problem}`;
  }),
  ...byFargate(
    (definition) =>
      isForOthers(definition) && fargateProblem(definition) === undefined
        ? 'but its requiresCompatibilities lack "FARGATE"'
        : undefined,
    true,
  ),
  ...LAUNCHES.map(([of, path]): Relation => ({
    of,
    source: "Network Configuration must be provided when networkMode 'awsvpc' is specified",
    fix: `${path.map((key) => `${key}: { `).join("")}networkConfiguration: { subnets, securityGroups: [tasks.id] }${" }".repeat(path.length)}`,
    judge: alone((resource) => {
      // Its task sets then have the network settings.
      if (text(read(resource.props, ["deploymentController", "type"])) === "EXTERNAL") return undefined;
      const { props, network } = launchOf(resource, path);
      return isOfFargate(props) && network.kind === "absent"
        ? `${[...path, "networkConfiguration"].join(".")} is not set, but Fargate launches its tasks; it must name subnets`
        : undefined;
    }),
  })),
  {
    of: INSTANCE,
    source: "Network interfaces and an instance-level subnet ID may not be specified on the same request",
    fix: "{ launchTemplate: { id: template.id } }, with subnet and security groups in the template: networkInterfaces: [{ subnetId, securityGroups }]",
    judge: pair(
      ["id", "name"].map((field) => ({ property: "launchTemplate", within: [field] })),
      LAUNCH_TEMPLATE,
      ["id", "name"],
      (instance, template) => {
        const interfaces = readList(template.props, ["networkInterfaces"]);
        const own = ["subnetId", "vpcSecurityGroupIds", "securityGroups"].find((property) =>
          isSet(instance, property),
        );
        return isList(interfaces) && interfaces.length > 0 && own !== undefined
          ? `${own} is set, but launch template "${template.name}" has networkInterfaces; AWS then allows it only in these`
          : undefined;
      },
    ),
  },
];
