import { forwardsOf } from "../../../balancers";
import { isList, listInJson, read, readList } from "../../../read";
import { readEach } from "../../../read-each";
import type { Reading } from "../../../read";
import {
  ECS_SERVICE,
  ECS_TASK_SET,
  LISTENER,
  LISTENER_RULE,
  TARGET_GROUP,
  TASK_DEFINITION,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given, withOnly } from "../../../stack";
import type { Stack } from "../../../stack";
import { text, wholeNumber } from "../known";
import { pair, refusedOfAll, type Relation, waitsFor } from "./relation";

const SERVICES = [...ECS_SERVICE, ...ECS_TASK_SET];

const UNUSED = "The target group does not have an associated load balancer";
const WAITS_FIX =
  "{ dependsOn: [listener] } of the service, a listener or rule that forwards to its target group";

/** The containers of a task definition; undefined if they are not known. */
function containersOf(task: StackSubject): readonly Reading[] | undefined {
  const list = listInJson(given(task, "containerDefinitions"));
  return isList(list) ? list : undefined;
}

/** Why a service can't register a container of a task definition. */
function containerProblem(balancer: unknown, task: StackSubject): string | undefined {
  const [name, port] = [
    text(read(balancer, ["containerName"])),
    wholeNumber(read(balancer, ["containerPort"])),
  ];
  const containers = containersOf(task);
  if (name === undefined || containers === undefined) return undefined;
  const own = containers.find((one) => one.kind === "known" && text(read(one.value, ["name"])) === name);
  if (own?.kind !== "known")
    return `loadBalancers name a container that task definition "${task.name}" does not have; containerName must be one of its containers`;
  const mappings = readList(own.value, ["portMappings"]);
  const ports = (isList(mappings) ? mappings : []).map((one) =>
    wholeNumber(read(one.kind === "known" ? one.value : undefined, ["containerPort"])),
  );
  return port === undefined || ports.includes(port) || ports.includes(undefined)
    ? undefined
    : `loadBalancers name port ${port}, which the container of task definition "${task.name}" does not map; containerPort must be in its portMappings`;
}

/** Why a service can't offer a port of its task definition to others. */
function portNameProblem(label: string, name: string, task: StackSubject): string | undefined {
  const containers = containersOf(task);
  if (containers === undefined || containers.some(({ kind }) => kind !== "known")) return undefined;
  const mappings = containers.map((one) =>
    readList(one.kind === "known" ? one.value : undefined, ["portMappings"]),
  );
  const names = mappings.flatMap((list) =>
    isList(list)
      ? list.map((one) => (one.kind === "known" ? read(one.value, ["name"]) : one))
      : list.kind === "absent"
        ? []
        : [list],
  );
  return names.some((own) => own.kind === "unknown" || text(own) === name)
    ? undefined
    : `${label} is not the name of a port in task definition "${task.name}"; it must be that of one of its portMappings`;
}

/** The listeners and rules that forward, or may forward, to each target group. */
function usersOf(stack: Stack): (group: StackSubject) => readonly StackSubject[] {
  const forwards = forwardsOf(stack);
  const groupsOf = stack.to(TARGET_GROUP);
  const users = new Map<StackSubject, Set<StackSubject>>();
  for (const listener of stack.ofTypes([...LISTENER, ...LISTENER_RULE])) {
    const property = LISTENER_RULE.some((type) => type === listener.type) ? "actions" : "defaultActions";
    const mayBe = groupsOf(withOnly(listener, property, { kind: "unknown" }), property);
    for (const group of [...forwards(listener).flat(), ...mayBe])
      users.set(group, (users.get(group) ?? new Set()).add(listener));
  }
  return (group) => [...(users.get(group) ?? [])];
}

/** Whether a resource of another provider, or one that creates resources from a template, uses a target group. */
function goesElsewhere(stack: Stack): (group: StackSubject) => boolean {
  const groupsOf = stack.to(TARGET_GROUP);
  const elsewhere = new Set(
    stack.resources
      .filter(({ type }) => !type.startsWith("aws:") || /^aws:(cloudformation|cloudcontrol)\//.test(type))
      .flatMap((one) => Object.keys(one.propertyDependencies).flatMap((property) => groupsOf(one, property))),
  );
  return (group) => elsewhere.has(group);
}

/** Relations of ECS services. */
export const services: readonly Relation[] = [
  {
    of: SERVICES,
    source: "The container does not exist in the task definition",
    fix: '{ loadBalancers: [{ targetGroupArn, containerName: "web", containerPort: 8080 }] } of { name: "web", portMappings: [{ containerPort: 8080 }] }',
    judge(stack) {
      const tasksOf = stack.to(TASK_DEFINITION, ["arn", "id", "family"]);
      return (service) => {
        const balancers = readList(service.props, ["loadBalancers"]);
        return (isList(balancers) ? balancers : []).map((one) =>
          one.kind === "known"
            ? refusedOfAll(tasksOf(service, "taskDefinition"), (task) => containerProblem(one.value, task))
            : undefined,
        );
      };
    },
  },
  {
    of: ECS_SERVICE,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html",
    fix: '{ serviceConnectConfiguration: { services: [{ portName: "http" }] } } of { portMappings: [{ name: "http", containerPort: 8080 }] }',
    judge(stack) {
      const tasksOf = stack.to(TASK_DEFINITION, ["arn", "id", "family"]);
      return (service) => {
        const offered = readEach(service.props, "serviceConnectConfiguration.services.*.portName");
        return offered.map(({ label, reading }) => {
          const name = text(reading);
          return name === undefined
            ? undefined
            : refusedOfAll(tasksOf(service, "taskDefinition"), (task) => portNameProblem(label, name, task));
        });
      };
    },
  },
  ...[false, true].map((isAdvice): Relation => ({
    of: SERVICES,
    source: UNUSED,
    fix: isAdvice
      ? WAITS_FIX
      : 'new aws.lb.Listener("https", { defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }], … }), and { dependsOn: [listener] } of the service',
    isAdvice,
    judge(stack) {
      const listenersOf = usersOf(stack);
      const isUsedElsewhere = goesElsewhere(stack);
      const judge = pair(
        [{ property: "loadBalancers", within: ["targetGroupArn"] }],
        TARGET_GROUP,
        ["arn", "id"],
        (service, group) => {
          const listeners = listenersOf(group);
          if (isUsedElsewhere(group)) return undefined;
          if (listeners.length === 0)
            return isAdvice
              ? undefined
              : `No listener or rule forwards to its target group "${group.name}"; one must`;
          return !isAdvice || waitsFor(service, listeners)
            ? undefined
            : `It doesn't wait for "${listeners[0]!.name}", without which target group "${group.name}" has no load balancer`;
        },
      );
      return judge(stack);
    },
  })),
];
