import { Resolver } from "node:dns/promises";
import { join } from "node:path";

import { CliError, run } from "../cli/command";
import { must } from "../cli/faults";
import { placeholders } from "../cli/placeholders";
import { nameOf } from "../../packages/rehearse/cli/stack-names";
import { aws, type Check, type Context, groupIn, ownTags, regionOf, textOf } from "./check";
import { existingNetwork } from "./existing-network";
import { targetGroups } from "./target-groups";

const REHEARSE = join(__dirname, "..", "..", "packages", "rehearse", "bin.cjs");

/** In the order in which the faults are best fixed. */
export const CHECKS: readonly Check[] = [
  { title: "node", check: node },
  { title: "pulumi", check: pulumi },
  { title: "placeholders", check: ownValues },
  { title: "configuration", check: configuration },
  { title: "state", check: state },
  { title: "secrets", check: secrets },
  { title: "credentials", check: credentials },
  { title: "zones", check: zones },
  { title: "network", check: existingNetwork },
  { title: "target groups", check: targetGroups },
  { title: "hosted zone", check: hostedZone },
  { title: "vCPU quota", check: vcpuQuota },
  { title: "address quota", check: addressQuota },
];

async function node({ leastNode }: Context): Promise<string> {
  if (isOlder(process.versions.node, leastNode))
    throw new CliError(`${process.versions.node} is older than ${leastNode}: install a newer Node`);
  return process.versions.node;
}

async function pulumi({ pinnedPulumi }: Context): Promise<string> {
  const version = (await must("pulumi", ["version"])).trim().replace(/^v/, "");
  if (version !== pinnedPulumi)
    throw new CliError(
      `${version} isn't CI's ${pinnedPulumi} (.github/pulumi-version): plans of one may not fit the other\nremedy: install ${pinnedPulumi}, or raise the pin`,
    );
  return version;
}

async function ownValues({ stack }: Context): Promise<string> {
  const left = placeholders(stack);
  if (left !== undefined) throw new CliError(left);
  return "all replaced";
}

async function configuration({ stack }: Context): Promise<string> {
  const args = [REHEARSE, nameOf(stack), "--program", process.cwd(), "--json"];
  const { status, stdout, stderr } = await run(process.execPath, args);
  if (status === 2) throw new CliError(stderr.trim());
  if (status === 3) throw new CliError(faultsOf(stderr));
  const { stacks } = JSON.parse(stdout) as { readonly stacks: readonly { readonly resources: unknown[] }[] };
  if (status === 1)
    throw new CliError(`a mandatory policy refuses the plan: npm run rehearse -- ${nameOf(stack)}`);
  return `complete: ${stacks[0]?.resources.length} resources, and the policies allow them`;
}

async function state({ stack }: Context): Promise<string> {
  const text = await must("pulumi", ["stack", "export", "--stack", stack]);
  const { deployment } = JSON.parse(text) as {
    readonly deployment?: { readonly pending_operations?: unknown[] };
  };
  const pending = deployment?.pending_operations?.length ?? 0;
  if (pending > 0)
    throw new CliError(
      `${pending} pending operations: a deployment was interrupted\nremedy: pulumi refresh --stack ${stack}`,
    );
  return "reachable, no deployment was interrupted";
}

async function secrets({ stack }: Context): Promise<string> {
  await must("pulumi", ["config", "--stack", stack, "--json"]);
  return "can be decrypted";
}

async function credentials(): Promise<string> {
  const { Account, Arn } = JSON.parse(await aws(["sts", "get-caller-identity"])) as Record<string, string>;
  return `account ${Account}, ${Arn}`;
}

async function zones({ config }: Context): Promise<string> {
  const wanted = (groupIn(config, "network")["availabilityZones"] ?? []) as readonly string[];
  const region = regionOf(config);
  const { AvailabilityZones } = JSON.parse(
    await aws(["ec2", "describe-availability-zones", "--region", region]),
  ) as { readonly AvailabilityZones: readonly { readonly ZoneName: string; readonly State: string }[] };
  const available = AvailabilityZones.filter(({ State }) => State === "available").map(
    ({ ZoneName }) => ZoneName,
  );
  const missing = wanted.filter((zone) => !available.includes(zone));
  if (missing.length > 0)
    throw new CliError(
      `${missing.join(", ")} can't be used in this account; ${region} has ${available.join(", ")}\nremedy: network.availabilityZones`,
    );
  return `${wanted.length} in ${region}`;
}

async function hostedZone({ config, resolver: address }: Context): Promise<string> {
  if (config["web-store:dns"] === "none") return "none: the deployment prints the records for your DNS";
  const name = textOf(config, "web-store:hostedZoneName");
  const role = config["web-store:hostedZoneRoleArn"];
  const env = role === undefined ? {} : await assumed(textOf(config, "web-store:hostedZoneRoleArn"));
  const account = role === undefined ? "this account" : "the account of hostedZoneRoleArn";
  const list = JSON.parse(
    await aws(["route53", "list-hosted-zones-by-name", "--dns-name", name, "--max-items", "1"], env),
  ) as { readonly HostedZones: readonly { readonly Id: string; readonly Name: string }[] };
  const [zone] = list.HostedZones;
  if (zone === undefined || zone.Name !== `${name}.`)
    throw new CliError(`${account} has no hosted zone ${name}\nremedy: create it, or correct hostedZoneName`);
  const { DelegationSet } = JSON.parse(await aws(["route53", "get-hosted-zone", "--id", zone.Id], env)) as {
    readonly DelegationSet: { readonly NameServers: readonly string[] };
  };
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  if (address !== undefined) resolver.setServers([address]);
  const delegated = await resolver.resolveNs(name).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(
      `DNS doesn't return ${name}'s name servers (${error.code})\nremedy: delegate it at the registrar, or in the zone above, to ${DelegationSet.NameServers.join(", ")}`,
    );
  });
  const plain = (servers: readonly string[]): string =>
    servers
      .map((server) => server.toLowerCase().replace(/\.$/, ""))
      .sort()
      .join(", ");
  if (plain(delegated) !== plain(DelegationSet.NameServers))
    throw new CliError(
      `${name} is delegated to ${plain(delegated)}, but the zone in Route 53 is at ${plain(DelegationSet.NameServers)}\nremedy: correct the delegation; until then ACM validates no certificate`,
    );
  return `${name} is delegated to ${account}`;
}

/** The environment with the credentials of an assumed role. */
async function assumed(role: string): Promise<NodeJS.ProcessEnv> {
  const args = [
    "sts",
    "assume-role",
    "--role-arn",
    role,
    "--role-session-name",
    "doctor",
    "--output",
    "json",
  ];
  const { status, stdout, stderr } = await run("aws", args);
  if (status !== 0)
    throw new CliError(
      `hostedZoneRoleArn can't be assumed: ${stderr.trim()}\nremedy: allow the deploying identity in its trust policy; pipelines also need it in hostedZoneRoleArns of bootstrap/ (docs/pipelines.md)`,
    );
  const { Credentials: its } = JSON.parse(stdout) as {
    readonly Credentials: Readonly<Record<"AccessKeyId" | "SecretAccessKey" | "SessionToken", string>>;
  };
  return {
    AWS_ACCESS_KEY_ID: its.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: its.SecretAccessKey,
    AWS_SESSION_TOKEN: its.SessionToken,
    AWS_PROFILE: undefined,
  };
}

/**
 * Whether the account's quota allows the vCPUs of all groups at their maximum size: the store's, twice with blue and
 * green, those of the other applications, and the proxies.
 *
 * Quota L-1216C47A, "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances":
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 */
async function vcpuQuota({ config }: Context): Promise<string> {
  const region = ["--region", regionOf(config)];
  // Loaded late: the settings take seconds.
  const { groupsIn, settingsIn } = require("./settings") as typeof import("./settings");
  let wanted = 0;
  for (const { instanceTypes, maxSize } of groupsIn(settingsIn(config))) {
    const { InstanceTypes } = JSON.parse(
      await aws(["ec2", "describe-instance-types", ...region, "--instance-types", ...instanceTypes]),
    ) as { readonly InstanceTypes: readonly { readonly VCpuInfo: { readonly DefaultVCpus: number } }[] };
    wanted += maxSize * Math.max(...InstanceTypes.map(({ VCpuInfo }) => VCpuInfo.DefaultVCpus));
  }
  const quota = await quotaOf("L-1216C47A", region);
  if (wanted > quota)
    throw new CliError(
      `all groups at their maximum size have ${wanted} vCPUs, but the account may run only ${quota}\nremedy: ask for more (Service Quotas, L-1216C47A), or lower maxSize`,
    );
  return `${wanted} of ${quota} at the maximum size`;
}

/**
 * Whether there are enough addresses for the NAT gateways. Quota L-0263D0A3, "EC2-VPC Elastic IPs", 5 unless raised.
 */
async function addressQuota({ config, stack }: Context): Promise<string> {
  const region = ["--region", regionOf(config)];
  const network = groupIn(config, "network");
  if (network["existing"] !== undefined) return "none needed: the stack creates no NAT gateway";
  const zoneCount = ((network["availabilityZones"] ?? []) as readonly unknown[]).length;
  const wanted = { none: 0, single: 1, perZone: zoneCount }[String(network["natGateways"])] ?? 1;
  const { Addresses } = JSON.parse(await aws(["ec2", "describe-addresses", ...region])) as {
    readonly Addresses: readonly {
      readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
    }[];
  };
  const isOurs = ({ Tags = [] }: (typeof Addresses)[number]): boolean =>
    Object.entries(ownTags(stack)).every(([key, value]) =>
      Tags.some(({ Key, Value }) => Key === key && Value === value),
    );
  const others = Addresses.filter((address) => !isOurs(address)).length;
  const quota = await quotaOf("L-0263D0A3", region);
  if (others + wanted > quota)
    throw new CliError(
      `${wanted} Elastic IP addresses are needed, others use ${others}, but the account may have only ${quota}\nremedy: ask for more (Service Quotas, L-0263D0A3), or network.natGateways single`,
    );
  return `${wanted} needed, ${quota - others} free`;
}

async function quotaOf(code: string, region: readonly string[]): Promise<number> {
  const args = [
    "service-quotas",
    "get-service-quota",
    ...region,
    "--service-code",
    "ec2",
    "--quota-code",
    code,
  ];
  const { Quota } = JSON.parse(await aws(args)) as { readonly Quota: { readonly Value: number } };
  return Quota.Value;
}

/** The program's own error about its settings, without the rehearsal's additions. */
function faultsOf(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const first = lines.findIndex((line) => /error|Error|web-store:/.test(line));
  return lines
    .slice(Math.max(first, 0))
    .filter((line) => line !== "")
    .join("\n");
}

function isOlder(version: string, minimum: string): boolean {
  const [given, wanted] = [version.split(".").map(Number), minimum.split(".").map(Number)];
  const at = wanted.findIndex((part, index) => part !== given[index]);
  return at >= 0 && (given[at] ?? 0) < (wanted[at] ?? 0);
}
