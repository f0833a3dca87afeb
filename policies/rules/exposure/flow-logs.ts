import { FLOW_LOG, VPC } from "../../resources";
import { stackRule, violations } from "../../rule";
import { upperCase, read } from "../../read";

const FIX =
  'new aws.ec2.FlowLog("flow-logs", { vpcId: vpc.id, trafficType: "ALL", ' +
  'logDestinationType: "cloud-watch-logs", logDestination: logGroup.arn, iamRoleArn: role.arn })';

/** Flow logs are separate resources, so only the stack shows whether a VPC has one. */
export const flowLogs = stackRule({
  id: "flow-logs",
  area: "exposure",
  title: "Every VPC has flow logs",
  severity: "medium",
  enforcementLevel: "advisory",
  level: "stack",
  description:
    "Every VPC has a flow log of all traffic or of rejected traffic. " +
    "Without one, nobody can find out later who tried to connect.",
  remedy: `Write ${FIX}.`,
  references: [
    {
      label: "EC2.6",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6",
    },
    { label: "VPC flow logs", url: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html" },
  ],
  judge(stack) {
    const vpcsOf = stack.to(VPC);
    const logs = stack.ofTypes(FLOW_LOG);
    const logged = new Set(
      logs
        .filter(({ props }) => ["ALL", "REJECT"].includes(upperCase(read(props, ["trafficType"])) ?? ""))
        .flatMap((log) => vpcsOf(log, "vpcId")),
    );
    return stack
      .ofTypes(VPC)
      .filter((vpc) => !logged.has(vpc))
      .flatMap(({ urn }) =>
        violations(
          ['No flow log in the stack covers it; it must have one whose trafficType is "ALL" or "REJECT"'],
          FIX,
          urn,
        ),
      );
  },
});
