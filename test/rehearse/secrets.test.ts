import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  fixture,
  type JsonRun,
  pack,
  parsed,
  rehearse,
  rehearseJson,
  text,
  withVariables,
} from "../support/rehearse";

/** The fixture's secrets: encrypted ones in its stack file, and one that the program makes. */
const SECRETS = ["hunter2-the-token", "hunter3-nested", "4711", "made-in-the-program"];
const HIDDEN = "[secret]";
const args = ["dev", "--program", fixture("secrets"), "--policy-pack", pack("repeats-values")];

/** The fields of \`--export\` that the tests use. */
interface State {
  readonly deployment: {
    readonly resources: readonly {
      readonly urn: string;
      readonly inputs?: Readonly<Record<string, object>>;
      readonly additionalSecretOutputs?: readonly string[];
    }[];
  };
}

function assertHidden(where: string, shown: string): void {
  for (const secret of SECRETS) assert.ok(!shown.includes(secret), `${where} shows ${secret}`);
}

describe("secrets", () => {
  const folder = mkdtempSync(join(tmpdir(), "rehearse-secrets-"));
  const file = join(folder, "state.json");
  after(() => rmSync(folder, { recursive: true }));

  describe("without the passphrase", () => {
    let run: JsonRun;
    before(async () => {
      run = await rehearseJson([...args, "--mode", "both"]);
      assert.equal(run.status, 0, run.stderr);
    });

    it("are placeholders in the program", () => {
      assert.equal(run.graph("up").stack.outputs["length"], HIDDEN.length);
    });

    it("stay secret", () => {
      for (const mode of ["preview", "up"] as const) {
        const { tokenOutput, user, made, domain } = run.graph(mode).stack.outputs;
        assert.deepEqual([tokenOutput, user, made, domain], [HIDDEN, HIDDEN, HIDDEN, HIDDEN]);
      }
    });
  });

  describe("with the passphrase", () => {
    const env = { PULUMI_CONFIG_PASSPHRASE: "fixture" };
    let run: JsonRun;
    before(async () => {
      run = await withVariables(env, () => rehearseJson([...args, "--mode", "up", "--export", file]));
      assert.equal(run.status, 0, run.stderr);
    });

    it("reach the program", () => {
      assert.equal(run.graph("up").stack.outputs["length"], "hunter2-the-token".length);
    });

    it("are hidden in the inputs and outputs that hold them, including the copy in tagsAll", () => {
      const { inputs, outputs } = run.graph("up").one("aws:s3/bucket:Bucket");
      assert.deepEqual(inputs["tags"], { owner: "shop", token: HIDDEN });
      assert.deepEqual(inputs["tagsAll"], { owner: "shop", token: HIDDEN });
      assert.deepEqual(outputs["tagsAll"], { owner: "shop", token: HIDDEN });
      assert.equal(outputs["bucketDomainName"], HIDDEN);
      assert.match(text(outputs["arn"]), /^arn:aws:s3:::vault-/);
      const login = run.graph("up").one("aws:ssm/parameter:Parameter", "login");
      assert.equal(login.inputs["value"], HIDDEN);
    });

    it("appear neither in the JSON nor in the output beside it", () => {
      assertHidden("stdout", run.stdout);
      assertHidden("stderr", run.stderr);
    });

    it("are hidden in the findings of a policy that repeats them", () => {
      const { message } = run.graph("up").stack.findings.find(({ urn }) => urn.endsWith("::token"))!;
      assert.match(message, /the value is \[secret\]/);
    });

    it("are encrypted in the exported state, marked as the engine marks them", () => {
      const exported = readFileSync(file, "utf8");
      assertHidden("the export", exported);
      const { resources } = parsed<State>(exported).deployment;
      const token = resources.find(({ urn }) => urn.endsWith("::token"));
      const sealed = ["4dabf18193072939515e22adb298388d", "ciphertext"];
      assert.deepEqual(Object.keys(token?.inputs?.["value"] ?? {}), sealed);
      const vault = resources.find(({ urn }) => urn.endsWith("::vault"));
      assert.deepEqual(vault?.additionalSecretOutputs, ["bucketDomainName"]);
    });

    it("are hidden in the text output, and in what a careless program prints", async () => {
      const { status, stdout, stderr } = await withVariables(env, () => rehearse(args));
      assert.equal(status, 0, stderr);
      assert.match(stdout, /the token is \[secret\]/);
      assert.match(stdout, /tokenOutput *: \[secret\]/);
      assertHidden("stdout", stdout);
      assertHidden("stderr", stderr);
    });
  });

  it("with a wrong passphrase are a usage error", async () => {
    const { status, stderr } = await withVariables({ PULUMI_CONFIG_PASSPHRASE: "wrong" }, () =>
      rehearse(args),
    );
    assert.equal(status, 2);
    assert.match(stderr, /Pulumi\.dev\.yaml: incorrect passphrase/);
  });
});
