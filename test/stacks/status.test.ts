import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Graph, parsed, rehearseJson, ROOT, text } from "../support/rehearse";

describe("A store with a status function", () => {
  let graph: Graph;
  let quiet: Graph;
  before(async () => {
    const dir = mkdtempSync(join(tmpdir(), "status-"));
    try {
      const minimal = readFileSync(join(ROOT, "examples", "minimal-dev.yaml"), "utf8");
      const more =
        "\n  web-store:statusFunction: { enabled: true, reservedConcurrency: 5, logRetentionDays: 7 }\n";
      writeFileSync(join(dir, "told.yaml"), minimal.trimEnd() + more);
      writeFileSync(join(dir, "quiet.yaml"), minimal);
      const files = ["told", "quiet"].flatMap((name) => ["--config-file", join(dir, `${name}.yaml`)]);
      const run = await rehearseJson([...files, "--mode", "up"]);
      assert.equal(run.status, 0, run.stderr);
      graph = run.graph("up", "told");
      quiet = run.graph("up", "quiet");
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  const group = (): Record<string, unknown> =>
    graph.one("aws:lb/targetGroup:TargetGroup", "web-store-status").outputs;

  it("has a status function only if it is configured", () => {
    assert.deepEqual(quiet.ofType("aws:lambda/function:Function"), []);
    assert.equal(quiet.stack.outputs["statusUrl"], undefined);
    assert.equal(graph.stack.outputs["statusUrl"], "https://dev.store.example.com/status");
  });

  it("routes /status from the HTTPS listener to it, and nothing else", () => {
    const { inputs } = graph.one("aws:lb/listenerRule:ListenerRule");
    assert.equal(
      inputs["listenerArn"],
      graph.one("aws:lb/listener:Listener", "web-store-https").outputs["arn"],
    );
    assert.deepEqual(inputs["conditions"], [{ pathPattern: { values: ["/status"] } }]);
    assert.deepEqual(inputs["actions"], [{ type: "forward", targetGroupArn: group()["arn"] }]);
    assert.equal(inputs["priority"], 50);
    assert.equal(group()["targetType"], "lambda");
  });

  it("lets only this target group invoke it, before the function is registered as target", () => {
    const permission = graph.one("aws:lambda/permission:Permission");
    const { action, principal, sourceArn, function: invoked } = permission.inputs;
    const { name, arn } = graph.one("aws:lambda/function:Function").outputs;
    assert.deepEqual(
      [action, principal, sourceArn, invoked],
      ["lambda:InvokeFunction", "elasticloadbalancing.amazonaws.com", group()["arn"], name],
    );
    const attachment = graph.one("aws:lb/targetGroupAttachment:TargetGroupAttachment");
    assert.deepEqual(
      [attachment.inputs["targetGroupArn"], attachment.inputs["targetId"]],
      [group()["arn"], arn],
    );
    assert.ok(attachment.dependencies.includes(permission.urn));
  });

  it("lets it read health and metrics and write its own log", () => {
    const { inputs } = graph.one("aws:iam/rolePolicy:RolePolicy", "web-store-status");
    const { Statement } = parsed<{ Statement: unknown[] }>(inputs["policy"]);
    const log = graph.one("aws:cloudwatch/logGroup:LogGroup", "web-store-status");
    assert.deepEqual(Statement, [
      {
        Effect: "Allow",
        Action: ["elasticloadbalancing:DescribeTargetHealth", "cloudwatch:GetMetricData"],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:eu-west-1:123456789012:log-group:${text(log.outputs["name"])}:*`,
      },
    ]);
    assert.equal(log.inputs["retentionInDays"], 7);
    assert.deepEqual(graph.one("aws:lambda/function:Function").inputs["loggingConfig"], {
      logFormat: "JSON",
      logGroup: log.outputs["name"],
    });
  });

  it("limits its concurrency to the setting", () => {
    const { reservedConcurrentExecutions } = graph.one("aws:lambda/function:Function").inputs;
    assert.equal(reservedConcurrentExecutions, 5);
  });

  it("tells it what to report on", () => {
    const { environment } = graph.one("aws:lambda/function:Function").inputs;
    const { variables } = environment as { variables: Record<string, string> };
    assert.deepEqual(parsed(variables["STORE"]), {
      title: "dev.store.example.com",
      loadBalancer: graph.one("aws:lb/loadBalancer:LoadBalancer").outputs["arnSuffix"],
      targetGroups: [
        {
          label: "blue",
          arn: graph.one("aws:lb/targetGroup:TargetGroup", "web-store-instances").outputs["arn"],
        },
      ],
    });
  });
});
