import { type Ended, CliError, run, type RunOptions } from "./command";
import { type Refusal, refusalsIn } from "./refusals";

/** Something that goes wrong with deployments, and what to do about it. */
export interface Fault {
  readonly id: string;
  /** What Pulumi or AWS print of it. */
  readonly sign: RegExp;
  readonly says: string;
  readonly remedy: string;
}

/** The first whose sign is found counts. All of them leave the stack as it is. */
export const FAULTS: readonly Fault[] = [
  {
    id: "locked",
    sign: /stack is currently locked|Another update is currently in progress/i,
    says: "another deployment of this stack is under way, or one ended without giving back its lock",
    remedy: "wait for it; if none runs any more (ask the one whom the lock names), pulumi cancel, then again",
  },
  {
    id: "pending-operations",
    sign: /pending operations|interrupted while (creating|updating|deleting)/i,
    says: "an earlier deployment was interrupted, and nobody knows whether its last calls took effect",
    remedy:
      "pulumi refresh asks AWS, resource by resource, and clears them; for a resource that was being created, answer with its id, or that there is none",
  },
  {
    id: "stale-plan",
    sign: /violates plan|plan (is|was) (invalid|out of date)|unable to (read|decode) plan/i,
    says: "the plan that was reviewed no longer fits what a deployment would do",
    remedy: "make a new plan (pulumi preview --save-plan), have it reviewed, and deploy that one",
  },
  {
    id: "expired-token",
    sign: /ExpiredToken|token (included in the request |has |is )+expired|SSO session .*expired|Token has expired/i,
    says: "the credentials for AWS have expired",
    remedy: "sign in again (aws sso login); in CI start the job anew, or give the role a longer session",
  },
  {
    id: "missing-role",
    sign: /AssumeRole\w*[^\n]*(AccessDenied|not authorized)|(AccessDenied|not authorized)[^\n]*AssumeRole|Could not assume role/i,
    says: "the role to deploy with doesn't exist, or doesn't trust who asks for it",
    remedy:
      "deploy the roles (docs/pipelines.md), and compare the environment's name with the role's trust policy",
  },
  {
    id: "no-credentials",
    sign: /NoCredentialProviders|Unable to locate credentials|no valid credential sources|failed to refresh cached credentials/i,
    says: "there are no credentials for AWS",
    remedy: "sign in (aws sso login) or name a profile (AWS_PROFILE)",
  },
  {
    id: "passphrase",
    sign: /incorrect passphrase|passphrase must be set/i,
    says: "the secrets in the stack's configuration can't be opened",
    remedy: "set PULUMI_CONFIG_PASSPHRASE, or get permission for the key that encryptionprovider names",
  },
  {
    id: "no-stack",
    sign: /no stack named|stack .* not found/i,
    says: "there is no such stack in this state backend",
    remedy: "look at pulumi stack ls and pulumi whoami --verbose; a new one is made by pulumi stack init",
  },
];

/** The fault of which a failed command's output tells; undefined if it is none that we know. */
export function faultIn({ stdout, stderr }: Ended): Fault | undefined {
  return FAULTS.find(({ sign }) => sign.test(`${stderr}\n${stdout}`));
}

/** Why a command failed, in a form for people. */
export function explain(what: string, ended: Ended): string {
  const fault = faultIn(ended);
  const refusals = fault === undefined ? refusalsIn(ended) : [];
  if (refusals.length > 0) return refused(what, refusals);
  const said = (ended.stderr.trim() || ended.stdout.trim()).split("\n").filter((line) => line.trim() !== "");
  const telling = said.find((line) => fault?.sign.test(line)) ?? said.find((line) => /error/i.test(line));
  return [
    `${what} failed: ${fault?.says ?? `it ended with ${ended.status}`}.`,
    `  got:    ${(telling ?? said.at(-1) ?? "no output").trim()}`,
    `  remedy: ${fault?.remedy ?? "read its output above"}`,
  ].join("\n");
}

function refused(what: string, refusals: readonly Refusal[]): string {
  const policies = new Set(refusals.map(({ policy }) => policy));
  const who =
    policies.size === 1 ? "a mandatory policy refuses" : `${policies.size} mandatory policies refuse`;
  return [
    `${what} failed: ${who} what it would deploy.`,
    ...refusals.map(
      ({ policy, resource, message }) =>
        `  ${policy} refuses ${resource}:\n${message.replace(/^/gm, "    ")}`,
    ),
    "  remedy: mend the settings or the program as each says (policies/RULES.md has the reasons), and try it by npm run rehearse",
  ].join("\n");
}

/**
 * Runs a program that has to succeed, and gives what it printed on stdout.
 *
 * @throws CliError with the fault and its remedy if it fails
 */
export async function must(program: string, args: readonly string[], options?: RunOptions): Promise<string> {
  const ended = await run(program, args, options);
  if (ended.status !== 0) throw new CliError(explain(`${program} ${args.slice(0, 2).join(" ")}`, ended));
  return ended.stdout;
}
