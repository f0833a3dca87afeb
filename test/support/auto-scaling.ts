/** Simulates EC2 Auto Scaling for deployments: groups, and instance refreshes whose course a test sets. */
import type {
  Description,
  LaunchTemplate,
  Launching,
  Preferences,
  Refresh,
} from "../../tools/refreshes/auto-scaling";
import { templateOf } from "../../tools/refreshes/groups";
import type { Answer } from "./fake-cli";

/** A refresh's fields at each poll; the last one remains. */
export type Course = readonly Partial<Refresh>[];

export const SUCCEEDS: Course = [
  { Status: "Pending" },
  {
    Status: "InProgress",
    PercentageComplete: 50,
    InstancesToUpdate: 1,
    StatusReason: "Waiting for instances to warm up before continuing.",
  },
  { Status: "Successful", PercentageComplete: 100, InstancesToUpdate: 0 },
];
export const FAILS: Course = [
  { Status: "InProgress", PercentageComplete: 0, InstancesToUpdate: 2 },
  {
    Status: "Failed",
    PercentageComplete: 0,
    InstancesToUpdate: 2,
    StatusReason: "Instances failed their health checks.",
  },
];
export const HANGS: Course = [{ Status: "InProgress", PercentageComplete: 0, InstancesToUpdate: 2 }];
export const ends = (Status: string): Course => [{ Status, StatusReason: `because it was ${Status}` }];

const TEMPLATE = "lt-0123456789abcdef0";
const INSTANCE = { LifecycleState: "InService", HealthStatus: "Healthy" } as const;

interface PlayedRefresh {
  readonly id: string;
  readonly preferences: Preferences;
  readonly course: Course;
  looked: number;
}

/** One group. */
export class Group {
  launching: Launching;
  /** The versions that the group's instances run. */
  instances: string[];
  refreshes: PlayedRefresh[] = [];
  /** The courses of the next refreshes, in order. */
  readonly courses: Course[] = [];
  /** The version in Pulumi's state. */
  deployed: string;
  preferences: Preferences = {};

  constructor(
    readonly name: string,
    version: string,
    readonly types: readonly string[] = [],
  ) {
    this.deployed = version;
    this.instances = [version, version];
    const template = { LaunchTemplateId: TEMPLATE, LaunchTemplateName: "store", Version: version };
    this.launching =
      types.length === 0
        ? { LaunchTemplate: template }
        : {
            MixedInstancesPolicy: {
              LaunchTemplate: {
                LaunchTemplateSpecification: template,
                Overrides: types.map((InstanceType) => ({ InstanceType })),
              },
            },
          };
  }

  get version(): string | undefined {
    return templateOf(this.launching)?.Version;
  }

  /** Deploys as the provider does: changes the group first, then starts a refresh without a desired configuration. */
  deploy(version: string, course: Course): void {
    const before = new Group(this.name, version, this.types);
    this.launching = before.launching;
    this.deployed = version;
    this.courses.unshift(course);
    this.refresh(this.preferences);
  }

  refresh(preferences: Preferences): string {
    const id = `${this.name}-refresh-${this.refreshes.length + 1}`;
    this.refreshes.unshift({ id, preferences, course: this.courses.shift() ?? SUCCEEDS, looked: 0 });
    return id;
  }

  get description(): Description {
    const Instances = this.instances.map((Version, index) => ({
      ...INSTANCE,
      InstanceId: `i-${index}`,
      LaunchTemplate: { LaunchTemplateId: TEMPLATE, LaunchTemplateName: "store", Version },
    }));
    return { AutoScalingGroupName: this.name, ...this.launching, Instances };
  }

  /** The state of the group's refreshes; each poll advances them by one step. */
  look(ids: readonly string[] | undefined): Refresh[] {
    return this.refreshes
      .filter(({ id }) => ids?.includes(id) ?? true)
      .map((refresh) => {
        const now = refresh.course[Math.min(refresh.looked, refresh.course.length - 1)];
        if (ids !== undefined) refresh.looked++;
        if (now?.Status === "Successful") this.instances = this.instances.map(() => this.version ?? "");
        return { InstanceRefreshId: refresh.id, Status: "Pending", Preferences: refresh.preferences, ...now };
      });
  }
}

interface Input extends Launching {
  readonly AutoScalingGroupName?: string;
  readonly AutoScalingGroupNames?: readonly string[];
  readonly InstanceRefreshIds?: readonly string[];
  readonly Preferences?: Preferences;
}

/** The service, with the groups of a stack. */
export class AutoScaling {
  /** The operations that changed something, with their input. */
  readonly changes: (readonly [operation: string, input: Input])[] = [];
  /** Answers that replace AWS's own, once each. */
  readonly garbled: Answer[] = [];
  /** The error with which AWS refuses an operation, by operation. */
  readonly refuses = new Map<string, string>();

  constructor(readonly groups: readonly Group[]) {}

  /** The output of the AWS CLI. */
  answer(args: readonly string[]): Answer {
    const operation = args[1] ?? "";
    const garbled = this.garbled.shift();
    if (garbled !== undefined) return garbled;
    const input = JSON.parse(args[args.indexOf("--cli-input-json") + 1] ?? "{}") as Input;
    const refusal = this.refuses.get(operation);
    if (refusal !== undefined) return { status: 254, stderr: `An error occurred (${refusal})` };
    const pascal = operation.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
    return { stdout: JSON.stringify(this.operate(pascal, input)) };
  }

  /** AWS's answer to an operation. */
  operate(operation: string, input: Input): object {
    if (operation === "DescribeAutoScalingGroups") {
      const groups = this.groups.filter(({ name }) => input.AutoScalingGroupNames?.includes(name));
      return { AutoScalingGroups: groups.map(({ description }) => description) };
    }
    const group = this.groups.find(({ name }) => name === input.AutoScalingGroupName);
    if (group === undefined) throw new Error(`no group ${input.AutoScalingGroupName}`);
    if (operation === "DescribeInstanceRefreshes")
      return { InstanceRefreshes: group.look(input.InstanceRefreshIds) };
    this.changes.push([operation, input]);
    switch (operation) {
      case "UpdateAutoScalingGroup":
        group.launching = input;
        return {};
      case "StartInstanceRefresh":
        return { InstanceRefreshId: group.refresh(input.Preferences ?? {}) };
      case "CancelInstanceRefresh": {
        const [active] = group.refreshes;
        if (active === undefined) throw new Error("nothing to cancel");
        group.refreshes[0] = { ...active, course: [{ Status: "Cancelled" }], looked: 0 };
        return { InstanceRefreshId: active.id };
      }
      default:
        throw new Error(`unexpected: ${operation}`);
    }
  }

  /** The groups in the stack's state, as `pulumi stack export` prints them. */
  get state(): string {
    const resources = this.groups.map(({ name, deployed: version, types }) => ({
      type: "aws:autoscaling/group:Group",
      outputs: {
        name,
        arn: `arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/${name}`,
        ...(types.length === 0
          ? { launchTemplate: { id: TEMPLATE, version } }
          : {
              mixedInstancesPolicy: {
                launchTemplate: { launchTemplateSpecification: { launchTemplateId: TEMPLATE, version } },
              },
            }),
      },
    }));
    return JSON.stringify({ version: 3, deployment: { resources } });
  }

  /** The launch template that the last change gave a group. */
  get lastTemplate(): LaunchTemplate | undefined {
    return templateOf(this.changes.find(([operation]) => operation === "UpdateAutoScalingGroup")?.[1] ?? {});
  }
}
