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
    { title: "passes none", props: { targetGroupArns: [UNKNOWN] }, says: [] },
    { title: "passes null and an empty list", props: behind(null), says: [] },
    { title: "passes processes that heal nothing", props: behind(RESTING), says: [] },
    { title: "passes secrets that are right", props: behind([secret("AZRebalance")]), says: [] },
    {
      title: "says nothing of a group that serves no visitors",
      props: { healthCheckType: "EC2", suspendedProcesses: ["Terminate"] },
      says: [],
    },
    {
      title: "refuses it in a group that others attach, which its health check shows",
      props: { healthCheckType: "EBS,ELB", suspendedProcesses: ["Terminate"] },
      says: ['suspendedProcesses[0] is "Terminate"; it must be left out, or suspend none of HealthCheck'],
    },
    {
      title: "refuses it in a group with traffic sources",
      props: { trafficSources: [{ identifier: UNKNOWN, type: "elbv2" }], suspendedProcesses: ["Launch"] },
      says: ['is "Launch"'],
    },
    {
      title: "refuses the one among many, beside an unknown one",
      props: behind([...RESTING, UNKNOWN, "ReplaceUnhealthy"]),
      says: [/\[4\] is not known[^]*\[5\] is "ReplaceUnhealthy"/],
    },
    { title: "refuses another case", props: behind(["healthcheck"]), says: ["suspendedProcesses[0]"] },
    { title: "refuses an unknown list", props: behind(UNKNOWN), says: ["suspendedProcesses is not known"] },
    {
      title: "refuses what is no list",
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
