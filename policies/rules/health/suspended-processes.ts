import { describe, resourceRule, violations } from "../../rule";
import { isList, read, readList } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { attachesItself } from "./target-groups";

const FIX =
  "suspendedProcesses: [] (or left out); suspend processes manually and briefly, not in the program";

/**
 * The processes that a group needs to replace unhealthy instances. Others may be suspended: AZRebalance and
 * InstanceRefresh to keep instances where they are, AlarmNotification and ScheduledActions to keep the size.
 *
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html
 */
export const HEALING_PROCESSES: readonly string[] = [
  "HealthCheck",
  "ReplaceUnhealthy",
  "Terminate",
  "Launch",
  "AddToLoadBalancer",
];

const PROCESS_NAMES =
  /^(HealthCheck|ReplaceUnhealthy|Terminate|Launch|AddToLoadBalancer|AZRebalance|AlarmNotification|InstanceRefresh|ScheduledActions)$/i;

/** Auto Scaling groups behind a load balancer: those that name one, and those with health check type ELB. */
export const suspendedProcesses = resourceRule({
  id: "suspended-processes",
  area: "health",
  title: "Auto Scaling groups keep replacing unhealthy instances",
  severity: "high",
  level: "resource",
  description:
    "Auto Scaling groups behind a load balancer suspend none of the processes that replace unhealthy instances. " +
    "Otherwise instances that no longer serve stay in the group, or are not replaced.",
  remedy: `Auto Scaling group: { ${FIX} }.`,
  references: [
    {
      label: "AutoScaling.1",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-1",
    },
    {
      label: "Suspended processes",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-how-suspending-processes-affects-other-processes.html",
    },
  ],
  types: AUTO_SCALING_GROUP,
  judge(group) {
    const check = read(group.props, ["healthCheckType"]);
    const isElb = check.kind === "known" && typeof check.value === "string" && /\bELB\b/i.test(check.value);
    if (!isElb && !attachesItself(group)) return [];
    const processes = readList(group.props, ["suspendedProcesses"]);
    const allowed = `it must be left out, or suspend none of ${HEALING_PROCESSES.join(", ")}`;
    if (!isList(processes)) {
      if (processes.kind === "absent") return [];
      return violations([`suspendedProcesses ${describe(processes)}; ${allowed}`], FIX);
    }
    const problems = processes.map((process, index) =>
      process.kind === "known" && isHarmless(process.value)
        ? undefined
        : `suspendedProcesses[${index}] ${describe(process, PROCESS_NAMES)}; ${allowed}`,
    );
    return violations(problems, FIX);
  },
});

function isHarmless(process: unknown): boolean {
  if (typeof process !== "string") return false;
  return !HEALING_PROCESSES.some((name) => name.toLowerCase() === process.toLowerCase());
}
