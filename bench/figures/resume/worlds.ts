import { AutoScaling, type Course, FAILS, Group, SUCCEEDS } from "../../../test/support/auto-scaling";
import { DeployedStack, targetHealth } from "../../../test/support/deployed-stack";
import type { Answer } from "../../../test/support/fake-cli";
import { MIGRATES, SystemsManager } from "../../../test/support/systems-manager";

/** The environment of a tool: Pulumi, AWS, and, for a rollout, the probe, which passes. */
export interface World {
  readonly answer: (program: string, args: readonly string[]) => Answer | Promise<Answer>;
  /** AWS's answers to the SDK. */
  readonly aws?: (body: string) => string;
  /** The faults at the end, one per line. */
  readonly wrong: (status: number | null) => string[];
}

/** A tool's command line in a world that can be created anew. */
export interface Scene {
  readonly name: string;
  readonly tool: "deploy" | "rollout";
  readonly args: readonly string[];
  readonly make: () => World;
}

function unequal(what: string, got: unknown, wanted: unknown): string[] {
  const [is, should] = [JSON.stringify(got), JSON.stringify(wanted)];
  return is === should ? [] : [`${what} is ${is}, and should be ${should}`];
}

/** A deployment of version 8 over version 7. */
function deployment(course: Course, status: number, version: string): World {
  const group = new Group("store", "7");
  const service = new AutoScaling([group]);
  // Pulumi changes nothing the second time.
  const up = (): Answer => (group.deployed === "8" ? {} : (group.deploy("8", course), {}));
  return {
    answer: (program, given) => {
      const [first, second] = given;
      if (program === "aws") return service.answer(given);
      if (first === "up") return up();
      if (second === "export") return { stdout: service.state };
      return second === "output" ? { stdout: '{"deployFreezes":[]}' } : {};
    },
    wrong: (ended) => [
      ...unequal("the exit status", ended, status),
      ...unequal("the version of the instances", group.instances, [version, version]),
      ...unequal("the version that the group launches", group.version, version),
    ],
  };
}

/** A rollout from blue to green, with a release command. */
function blueToGreen(): World {
  const stack = new DeployedStack("https://localhost:1/");
  stack.autoScaling = new AutoScaling([new Group("blue", "7"), new Group("green", "7")]);
  const ssm = (stack.systemsManager = new SystemsManager(MIGRATES, MIGRATES));
  return {
    // The probe is a separate program.
    answer: (program, given) => (program === "node" ? {} : stack.answer(program, given)),
    aws: targetHealth,
    wrong: (ended) => [
      ...unequal("the exit status", ended, 0),
      ...unequal("the deployed release", stack.standing, "0:100 green"),
      ...unequal(
        "the release in the stack file",
        `${stack.file["blue.weight"]}:${stack.file["green.weight"]} ${stack.file["live"]}`,
        "0:100 green",
      ),
      ...unequal("the number of runs of the release command", ssm.sent.length, 1),
      ...unequal(
        "the list of releases that ran it",
        ssm.value,
        `${stack.releaseIds.green},${stack.releaseIds.blue}`,
      ),
    ],
  };
}

export const SCENES: readonly Scene[] = [
  {
    name: "deploy of a release that starts",
    tool: "deploy",
    args: ["prod", "--interval-seconds", "1"],
    make: () => deployment(SUCCEEDS, 0, "8"),
  },
  {
    name: "deploy of a release that fails on instances",
    tool: "deploy",
    args: ["prod", "--interval-seconds", "1"],
    make: () => deployment(FAILS, 1, "7"),
  },
  {
    name: "rollout to green",
    tool: "rollout",
    args: ["prod", "--to", "green", "--bake-minutes", "0", "--interval-seconds", "1", "--steps", "50,100"],
    make: blueToGreen,
  },
];
