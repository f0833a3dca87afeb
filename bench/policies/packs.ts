import { join } from "node:path";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { PolicyPack } from "../../packages/rehearse/hosts/pack";
import { readPack, startPack } from "../../packages/rehearse/hosts/pack-process";
import type { PackFiles } from "../../packages/rehearse/project/pack-config";
import { readOptions } from "../../packages/rehearse/options";
import { readPackConfig } from "../../packages/rehearse/project/pack-config";
import type { Reported, Reports } from "./findings";

const ROOT = join(__dirname, "..", "..");

/**
 * Our pack.
 *
 * @param config path of its configuration, relative to the checkout. Default: none, the profile `baseline`
 */
export function ownPack(config?: string): PackFiles {
  const given = config === undefined ? new Map<string, never>() : readPackConfig(join(ROOT, config));
  return readPack("ours", join(ROOT, "policies"), given);
}

/** AWSGuard, configured as in its README. */
export function awsGuard(): PackFiles {
  return readPack("awsguard", join(__dirname, "awsguard"), new Map());
}

/**
 * A pack's findings for the resources of previews. The pack is called as in a rehearsal: with each resource when it is
 * declared, and then with all of them.
 *
 * @param previews the resources of programs, by the programs' keys
 */
export async function judge(
  files: PackFiles,
  corpus: string,
  previews: ReadonlyMap<string, readonly Resource[]>,
): Promise<Reports> {
  const options = readOptions(["any", "--program", corpus, "--config-file", join(corpus, "stack.yaml")]);
  const stack = options?.stacks[0];
  if (options === undefined || stack === undefined) throw new Error(`no project in ${corpus}`);
  const started = startPack(files, {
    project: options.project.name,
    stack: stack.name,
    config: stack.config,
    mode: "preview",
    // The pack calls the engine only to log, so an unused port is enough.
    engine: "127.0.0.1:1",
    deadline: () => Date.now() + 3_600_000,
    onOutput: () => undefined,
  });
  const pack = await PolicyPack.configured(started);
  try {
    const reports = new Map<string, Reported[]>();
    for (const [key, resources] of previews) reports.set(key, await judgeOne(pack, resources));
    return reports;
  } finally {
    pack.stop();
  }
}

async function judgeOne(pack: PolicyPack, resources: readonly Resource[]): Promise<Reported[]> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const providerOf = ({ provider }: Resource): Resource | undefined =>
    byUrn.get(provider.slice(0, provider.lastIndexOf("::")));
  const each = await Promise.all(
    resources
      .filter(({ external }) => !external)
      .map((resource) => pack.analyze(resource, providerOf(resource))),
  );
  const together = await pack.analyzeStack(resources, providerOf);
  return (
    [...each.flat(), ...together]
      // A message that a policy could not judge something in a preview is not a finding.
      .filter(({ message }) => !/^can't run policy /m.test(message))
      .map(({ policy, urn, level, message }) => ({
        check: policy,
        resource: urn,
        fails: level === "mandatory",
        message,
      }))
  );
}
