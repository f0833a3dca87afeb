import { AutoScaling } from "./auto-scaling";
import type { Answer } from "./fake-cli";
import type { SystemsManager } from "./systems-manager";

type Colour = "blue" | "green";

/** A stack with two colours, as the Pulumi CLI shows it: its stack file and its deployment. */
export class DeployedStack {
  /** The values that `pulumi config set-all` wrote. */
  file: Record<string, string> = { "blue.weight": "100", "green.weight": "0", live: "blue" };
  deployed = { ...this.file };
  alarmNames: readonly string[] = ["customers-affected"];
  ringing = false;
  /** AWS's error in answer to the caller's identity; empty if there is none. */
  awsRefuses = "";
  colours: readonly Colour[] = ["blue", "green"];
  /** Its Auto Scaling groups; none unless a test adds some. */
  autoScaling = new AutoScaling([]);
  /** The service that runs its release command; undefined if it has none. */
  systemsManager: SystemsManager | undefined;
  /** Each colour's release id in the stack's outputs. */
  readonly releaseIds: Record<Colour, string> = { blue: "b".repeat(16), green: "c".repeat(16) };
  /** The error with which an `up` fails, by the message of that `up`. */
  readonly fails = new Map<string, string>();

  constructor(
    readonly url: string,
    /** Called for each deployment before it ends. */
    private readonly onUp: (
      weights: readonly [number, number],
      message: string,
    ) => Promise<void> | void = () => {},
  ) {}

  /** The weights and the live colour. */
  get standing(): string {
    const { live } = this.deployed;
    return `${this.deployed["blue.weight"]}:${this.deployed["green.weight"]} ${live}`;
  }

  /** The output of the commands. */
  async answer(program: string, args: readonly string[]): Promise<Answer> {
    const command = args.slice(0, 2).join(" ");
    if (command === "sts get-caller-identity")
      return this.awsRefuses === "" ? { stdout: "{}" } : { status: 255, stderr: this.awsRefuses };
    if (args[0] === "autoscaling") return this.autoScaling.answer(args);
    if (args[0] === "ssm")
      return this.systemsManager?.answer(args) ?? { status: 255, stderr: "unexpected: ssm" };
    if (program === "aws") {
      const StateValue = this.ringing ? "ALARM" : "OK";
      const StateReason = "more than 1 % of requests failed";
      const alarms = this.alarmNames.map((AlarmName) => ({ AlarmName, StateValue, StateReason }));
      return { stdout: JSON.stringify({ MetricAlarms: alarms, CompositeAlarms: [] }) };
    }
    if (command === "stack export") return { stdout: this.autoScaling.state };
    if (command === "stack output") return { stdout: JSON.stringify(this.outputs()) };
    if (command === "config set-all") {
      for (const arg of args) {
        const [, key, value] = /^web-store:blueGreen\.([\w.]+)=(\w+)$/.exec(arg) ?? [];
        if (key !== undefined && value !== undefined) this.file[key] = value;
      }
      return {};
    }
    if (args[0] !== "up") return { status: 255, stderr: `unexpected: ${args.join(" ")}` };
    const message = args[args.indexOf("--message") + 1] ?? "";
    const failure = this.fails.get(message);
    if (failure !== undefined) return { status: 255, stderr: failure };
    this.deployed = { ...this.file };
    await this.onUp([Number(this.deployed["blue.weight"]), Number(this.deployed["green.weight"])], message);
    return {};
  }

  private outputs() {
    const colours = this.colours.map((colour) => ({
      colour,
      isLive: this.deployed["live"] === colour,
      weight: Number(this.deployed[`${colour}.weight`]),
      targetGroupArn: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${colour}/1`,
      autoScalingGroupName: colour,
      ...(this.systemsManager === undefined ? {} : { releaseId: this.releaseIds[colour] }),
    }));
    const loadBalancerArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/store/1";
    return {
      url: this.url,
      loadBalancerArn,
      release: { bakeMinutes: 30, alarmNames: this.alarmNames, command: this.systemsManager?.place, colours },
    };
  }
}

/** AWS's answer to DescribeTargetHealth: two healthy instances named after the target group's colour. */
export function targetHealth(body: string): string {
  const [, colour = ""] = /targetgroup%2F(\w+)/.exec(body) ?? [];
  const instance = (id: string): string =>
    `<member><Target><Id>${id}</Id></Target><TargetHealth><State>healthy</State></TargetHealth></member>`;
  const instances = ["a", "b"].map((end) => instance(`${colour}-${end}`)).join("");
  return `<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions>${instances}</TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`;
}
