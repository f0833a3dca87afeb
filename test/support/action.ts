/**
 * Runs the action in `.github/actions/rehearse` as a GitHub Actions runner does: its `run` steps in bash, its
 * expressions with GitHub's own evaluator. It supports only what a composite action of such steps needs.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { json } from "node:stream/consumers";
import { parse } from "yaml";

import { endOf, ROOT, type Run } from "./rehearse";
import { temporaryFolder } from "./temporary";

/** The action's folder. */
export const ACTION = join(ROOT, ".github", "actions", "rehearse");

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

/** The fields of `action.yml` that are used here. */
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** The parsed `action.yml`. */
export const action = parse(readFileSync(join(ACTION, "action.yml"), "utf8")) as Action;

/** How the action ended. */
export interface ActionRun {
  readonly succeeded: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  /** The output of its steps. */
  readonly log: string;
  /** The job's summary, in Markdown. */
  readonly summary: string;
}

type Contexts = Readonly<Record<string, unknown>>;

/** Loads GitHub's own evaluator of expressions, an ES module. */
async function evaluator() {
  const { data, Evaluator, Lexer, Parser } = await import("@actions/expressions");
  // A step's `if` may ask whether the job is cancelled: here it never is.
  // https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
  const cancelled = { name: "cancelled", minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(false) };
  return (expression: string, contexts: Contexts) => {
    const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), [cancelled]).parse();
    const context = JSON.parse(JSON.stringify(contexts), data.reviver) as InstanceType<
      typeof data.Dictionary
    >;
    return new Evaluator(tree, context, new Map([[cancelled.name, cancelled]])).evaluate();
  };
}

/**
 * Runs the action.
 *
 * @param workspace - the checkout, in which the steps run
 * @param inputs - the workflow's `with`
 * @param github - the `github` context, such as `github.token`
 * @param env - for the steps, such as GITHUB_API_URL
 */
export async function runAction(
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  github: object,
  env: Readonly<Record<string, string>>,
): Promise<ActionRun> {
  const evaluate = await evaluator();
  const resolved = (text: string, contexts: Contexts): string =>
    text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) =>
      evaluate(expression.trim(), contexts).coerceString(),
    );
  const temporary = temporaryFolder("runner-");
  const file = (name: string): string => {
    writeFileSync(join(temporary, name), "", { flag: "a" });
    return join(temporary, name);
  };
  for (const name of Object.keys(inputs)) assert.ok(name in action.inputs, `no input ${name}`);
  const given = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: text }]) => [
      name,
      inputs[name] ?? resolved(text, { github }),
    ]),
  );
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const contexts: Contexts = { inputs: given, github, steps };
  const runner = {
    ...process.env,
    ...env,
    PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
    GITHUB_ACTION_PATH: ACTION,
    GITHUB_STEP_SUMMARY: file("summary"),
    RUNNER_TEMP: temporary,
  };
  let [succeeded, log] = [true, ""];
  for (const [index, step] of action.runs.steps.entries()) {
    const condition = (step.if ?? "success").replace(/^\$\{\{(.*)\}\}$/, "$1").trim();
    const isRun = step.if === undefined ? succeeded : evaluate(condition, contexts).coerceString() === "true";
    if (!isRun) continue;
    const output = file(`output-${index}`);
    const values = Object.entries(step.env).map(([name, text]) => [name, resolved(text, contexts)]);
    assert.equal(step.shell, "bash");
    // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    const bash = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      cwd: workspace,
      env: { ...runner, ...(Object.fromEntries(values) as Record<string, string>), GITHUB_OUTPUT: output },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { status, stdout, stderr }: Run = await endOf(bash);
    log += stdout + stderr;
    succeeded &&= status === 0;
    const lines = readFileSync(output, "utf8").split("\n").filter(Boolean);
    if (step.id !== undefined)
      steps[step.id] = {
        outputs: Object.fromEntries(
          lines.map((line) => [line.split("=", 1)[0] ?? "", line.slice(line.indexOf("=") + 1)]),
        ),
      };
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, resolved(value, contexts)]),
  );
  return { succeeded, outputs, log, summary: readFileSync(file("summary"), "utf8") };
}

/** A comment on an issue, as GitHub's API returns it. */
export interface Comment {
  readonly id: number;
  readonly user: { readonly type: "Bot" | "User" };
  readonly body: string;
}

/** GitHub's comments API for one pull request, `octo/store` number 7, on loopback. */
export class GitHubComments {
  /** The comments; a test may add some. */
  readonly comments: Comment[] = [];
  /** The requests that changed something, such as `POST /repos/octo/store/issues/7/comments`. */
  readonly changes: string[] = [];
  /** Whether the token may write. */
  writable = true;

  private readonly server = createServer((request, response) => {
    void this.answer(request).then(({ status, content }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
    });
  });

  /** Starts the server and returns its address. */
  async open(): Promise<string> {
    await once(this.server.listen(0, "127.0.0.1"), "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Closes the server and its connections. */
  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** @see https://docs.github.com/en/rest/issues/comments */
  private async answer(request: IncomingMessage): Promise<{ status: number; content: unknown }> {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://127.0.0.1");
    if (request.headers.authorization !== "Bearer secret-token")
      return { status: 401, content: { message: "Bad credentials" } };
    if (request.method === "GET" && pathname === "/repos/octo/store/issues/7/comments") {
      const [page, size] = [Number(searchParams.get("page")), Number(searchParams.get("per_page"))];
      return { status: 200, content: this.comments.slice((page - 1) * size, page * size) };
    }
    if (!this.writable)
      return { status: 403, content: { message: "Resource not accessible by integration" } };
    const { body } = (await json(request)) as { body: string };
    if (body.length > 65_536)
      return { status: 422, content: { message: "Body is too long (maximum is 65536 characters)" } };
    this.changes.push(`${request.method} ${pathname}`);
    const [, id] = /^\/repos\/octo\/store\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
    if (request.method === "PATCH" && id !== undefined) {
      const index = this.comments.findIndex((comment) => comment.id === Number(id));
      const comment = { ...(this.comments[index] ?? assert.fail(`no comment ${id}`)), body };
      this.comments[index] = comment;
      return { status: 200, content: comment };
    }
    const comment: Comment = { id: this.comments.length + 1, user: { type: "Bot" }, body };
    this.comments.push(comment);
    return { status: 201, content: comment };
  }
}
