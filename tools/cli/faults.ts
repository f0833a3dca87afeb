import { type Ended, CliError, run, type RunOptions } from "./command";
import { type Refusal, refusalsIn } from "./refusals";

/** A common fault of deployments, and its remedy. */
export interface Fault {
  readonly id: string;
  /** Recognises the output of Pulumi or AWS. */
  readonly sign: RegExp;
  readonly says: string;
  readonly remedy: string;
}

/** The first match counts. None of these faults changes the stack. */
export const FAULTS: readonly Fault[] = [
  {
    id: "locked",
    sign: /stack is currently locked|Another update is currently in progress/i,
    says: "another deployment of this stack is under way, or one ended without releasing its lock",
    remedy:
      "wait for it; if none is running any more (ask the person named in the lock), run pulumi cancel, and try again",
  },
  {
    id: "pending-operations",
    sign: /pending operations|interrupted while (creating|updating|deleting)/i,
    says: "an earlier deployment was interrupted, and it isn't known whether its last calls took effect",
    remedy:
      "run pulumi refresh, which asks AWS for each resource and clears them; for a resource that was being created, give its id, or answer that there is none",
  },
  {
    id: "stale-plan",
    sign: /violates plan|plan (is|was) (invalid|out of date)|unable to (read|decode) plan/i,
    says: "the plan that was reviewed no longer matches what a deployment would do",
    remedy: "create a new plan (pulumi preview --save-plan), have it reviewed, and deploy that one",
  },
  {
    id: "expired-token",
    sign: /ExpiredToken|token (included in the request |has |is )+expired|SSO session .*expired|Token has expired/i,
    says: "the credentials for AWS have expired",
    remedy: "sign in again (aws sso login); in CI restart the job, or give the role a longer session",
  },
  {
    id: "missing-role",
    sign: /AssumeRole\w*[^\n]*(AccessDenied|not authorized)|(AccessDenied|not authorized)[^\n]*AssumeRole|Could not assume role/i,
    says: "the deployment role doesn't exist, or doesn't trust the caller",
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
    says: "the secrets in the stack's configuration can't be decrypted",
    remedy: "set PULUMI_CONFIG_PASSPHRASE, or get permission for the key in encryptionprovider",
  },
  {
    id: "no-stack",
    sign: /no stack named|stack .* not found/i,
    says: "there is no such stack in this state backend",
    remedy: "check pulumi stack ls and pulumi whoami --verbose; to create a stack, run pulumi stack init",
  },
];

/** The fault in a failed command's output; undefined if it isn't a known one. */
export function faultIn({ stdout, stderr }: Ended): Fault | undefined {
  return FAULTS.find(({ sign }) => sign.test(`${stderr}\n${stdout}`));
}

/** Describes a failure for users. */
export function explain(what: string, ended: Ended): string {
  const fault = faultIn(ended);
  const refusals = fault === undefined ? refusalsIn(ended) : [];
  if (refusals.length > 0) return refused(what, refusals);
  const said = (ended.stderr.trim() || ended.stdout.trim()).split("\n").filter((line) => line.trim() !== "");
  const telling = said.find((line) => fault?.sign.test(line)) ?? said.find((line) => /error/i.test(line));
  return [
    `${what} failed: ${fault?.says ?? `it ended with status ${ended.status}`}.`,
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
    "  remedy: fix the settings or the program as each message says (policies/RULES.md has the reasons), and try it with npm run rehearse",
  ].join("\n");
}

/**
 * Runs a program that must succeed, and returns its stdout.
 *
 * @throws CliError with the fault and its remedy if it fails
 */
export async function must(program: string, args: readonly string[], options?: RunOptions): Promise<string> {
  const ended = await run(program, args, options);
  if (ended.status !== 0) throw new CliError(explain(`${program} ${args.slice(0, 2).join(" ")}`, ended));
  return ended.stdout;
}
