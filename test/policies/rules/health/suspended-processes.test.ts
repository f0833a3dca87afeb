import assert from "node:assert/strict";
import fc from "fast-check";
import { AUTO_SCALING_GROUP } from "../../../../policies/resources";
import { HEALING_PROCESSES } from "../../../../policies/rules/health/suspended-processes";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const RESTING = ["AZRebalance", "AlarmNotification", "ScheduledActions", "InstanceRefresh"];
const behind = (suspendedProcesses: unknown) => ({ targetGroupArns: [UNKNOWN], suspendedProcesses });

describe("suspended-processes", () => {
  const suite = new RuleSuite("suspended-processes");

  suite.check(AUTO_SCALING_GROUP[0], [
    { title: "passes an absent list", props: { targetGroupArns: [UNKNOWN] }, says: [] },
    { title: "passes null and an empty list", props: behind(null), says: [] },
    { title: "passes processes that replace no instance", props: behind(RESTING), says: [] },
    { title: "passes valid secrets", props: behind([secret("AZRebalance")]), says: [] },
    {
      title: "ignores a group without visitors",
      props: { healthCheckType: "EC2", suspendedProcesses: ["Terminate"] },
      says: [],
    },
    {
      title: "refuses it in a group with ELB health checks, which is attached elsewhere",
      props: { healthCheckType: "EBS,ELB", suspendedProcesses: ["Terminate"] },
      says: ['suspendedProcesses[0] is "Terminate"; it must be left out, or suspend none of HealthCheck'],
    },
    {
      title: "refuses it in a group with traffic sources",
      props: { trafficSources: [{ identifier: UNKNOWN, type: "elbv2" }], suspendedProcesses: ["Launch"] },
      says: ['is "Launch"'],
    },
    {
      title: "refuses one such process among several, beside an unknown one",
      props: behind([...RESTING, UNKNOWN, "ReplaceUnhealthy"]),
      says: [/\[4\] is not known[^]*\[5\] is "ReplaceUnhealthy"/],
    },
    {
      title: "refuses a process in another case",
      props: behind(["healthcheck"]),
      says: ["suspendedProcesses[0]"],
    },
    { title: "refuses an unknown list", props: behind(UNKNOWN), says: ["suspendedProcesses is not known"] },
    {
      title: "refuses a value that is not a list",
      props: behind("Launch"),
      says: ["suspendedProcesses is another string"],
    },
    { title: "refuses the wrong type", props: behind([null, 1]), says: [/\[0\] is not set[^]*\[1\] is 1/] },
  ]);
  suite.checkTypes(AUTO_SCALING_GROUP, behind(["Launch"]));
  suite.checkSilence(AUTO_SCALING_GROUP[0], behind({ hunter2: secret("hunter2") }));

  it("refuses a list exactly if it contains a process that replaces unhealthy instances", async () => {
    const processes = fc.subarray([...RESTING, ...HEALING_PROCESSES]);
    await fc.assert(
      fc.asyncProperty(processes, async (list) => {
        const messages = await suite.judge({ type: AUTO_SCALING_GROUP[0], props: behind(list) });
        assert.equal(messages.length, list.some((name) => HEALING_PROCESSES.includes(name)) ? 1 : 0);
      }),
      { numRuns: 25 },
    );
  });
});
