/** AWS Systems Manager's calls for a rollout's command, with results that a test sets. */
import assert from "node:assert/strict";

import type { Answer } from "./fake-cli";

/** A command's status at each poll; the last one remains. */
export type Course = readonly {
  readonly Status: string;
  readonly StatusDetails?: string;
  readonly StandardOutputContent?: string;
  readonly StandardErrorContent?: string;
}[];

export const MIGRATES: Course = [
  { Status: "Pending" },
  { Status: "InProgress" },
  { Status: "Success", StandardOutputContent: "1.4\n1.5\nmigrated\n" },
];
export const BREAKS: Course = [
  { Status: "InProgress" },
  {
    Status: "Failed",
    StandardOutputContent: "1.4\n1.5\n",
    StandardErrorContent: "relation is there already\n",
  },
];

interface Sent {
  readonly CommandId: string;
  readonly Comment: string;
  readonly InstanceIds: readonly string[];
  readonly RequestedDateTime: string;
  readonly course: Course;
  looked: number;
}

/** Its commands, and the one parameter. */
export class SystemsManager {
  readonly place = {
    documentName: "web-store-release-1",
    parameterName: "web-store-release-2",
    logGroupName: "web-store-release-3",
    timeoutSeconds: 900,
  };
  /** The parameter's value. */
  value = "none";
  /** Results of the next commands, in order. */
  readonly courses: Course[];
  /** Instances without an agent. */
  readonly unknown = new Set<string>();
  readonly sent: Sent[] = [];

  constructor(...courses: readonly Course[]) {
    this.courses = [...courses];
  }

  /** A command that an earlier rollout sent. */
  was(release: string, course: Course): void {
    this.send("i-before", `release ${release}`, course);
  }

  answer([, operation = "", ...args]: readonly string[]): Answer {
    const input = JSON.parse(args[args.indexOf("--cli-input-json") + 1] ?? "{}") as Record<string, unknown>;
    switch (operation) {
      case "get-parameter":
        assert.equal(input["Name"], this.place.parameterName);
        return json({ Parameter: { Value: this.value } });
      case "put-parameter":
        assert.deepEqual([input["Name"], input["Overwrite"]], [this.place.parameterName, true]);
        this.value = String(input["Value"]);
        return json({ Version: 2 });
      case "list-commands":
        assert.deepEqual(input["Filters"], [{ key: "DocumentName", value: this.place.documentName }]);
        return json({ Commands: this.sent.map((sent) => ({ ...sent, Status: this.at(sent).Status })) });
      case "send-command": {
        const [instance = ""] = input["InstanceIds"] as string[];
        if (this.unknown.has(instance))
          return {
            status: 254,
            stderr: "An error occurred (InvalidInstanceId) when calling the SendCommand operation",
          };
        assert.equal(input["DocumentName"], this.place.documentName);
        assert.deepEqual(input["CloudWatchOutputConfig"], {
          CloudWatchOutputEnabled: true,
          CloudWatchLogGroupName: this.place.logGroupName,
        });
        return json({ Command: this.send(instance, String(input["Comment"]), this.courses.shift() ?? []) });
      }
      case "get-command-invocation": {
        const sent = this.sent.find(({ CommandId }) => CommandId === input["CommandId"]);
        assert.ok(sent !== undefined && sent.InstanceIds[0] === input["InstanceId"]);
        sent.looked++;
        return json(this.at(sent));
      }
      default:
        return { status: 255, stderr: `unexpected: ${operation}` };
    }
  }

  private at({ course, looked }: Sent): Course[number] {
    return course[Math.min(looked, course.length) - 1] ?? course[0] ?? { Status: "Pending" };
  }

  private send(instance: string, Comment: string, course: Course): Sent {
    const sent: Sent = {
      CommandId: `command-${this.sent.length + 1}`,
      Comment,
      InstanceIds: [instance],
      RequestedDateTime: `2026-11-29T10:${String(this.sent.length).padStart(2, "0")}:00+00:00`,
      course,
      looked: 0,
    };
    this.sent.push(sent);
    return sent;
  }
}

const json = (value: object): Answer => ({ stdout: JSON.stringify(value) });
