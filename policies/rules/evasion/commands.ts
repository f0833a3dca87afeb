import { isList, readList } from "../../read";
import type { Reading } from "../../read";
import { isHarmlessCall } from "./harmless-calls";

/** Programs that reach nothing but the instance they run on. */
const LOCAL_PROGRAM =
  /^(systemctl|service|yum|dnf|apt|apt-get|rpm|dpkg|amazon-linux-extras|echo|printf|sleep|wait|exit|set|cd|export|true|rm|mkdir|touch|cp|mv|ln|chmod|chown|cat|tail|head|tee|sysctl|journalctl|logrotate|df|du|free|uptime|date|hostname|hostnamectl|timedatectl|fstrim|sync|reboot|shutdown)$/;

/** One stream of a command led into another, such as `2>&1`: that is no command in the background. */
const DUPLICATION = /\d*[<>]&(\d+|-)(?=[\s;|&()]|$)/g;

/** Where what is written is run later: by cron, at boot or at sign-in. */
const RUN_LATER =
  /\/etc\/(ana)?cron|\/etc\/(systemd|init|rc|profile|update-motd)|\/var\/spool\/(cron|at)|\/lib\/systemd/;

/** When cron runs a command, and as whom. */
const WHEN = /^(@\w+|([\d*/,-]+\s+){5})\s*(root\s+)?/;

/** True for commands that are known, and start nothing but programs that stay on the instance. */
export function areLocal(commands: Reading): boolean {
  const list = commands.kind === "known" ? readList(commands.value, []) : commands;
  const lines = isList(list) ? list : [list];
  return lines.every(
    (line) =>
      line.kind === "known" &&
      typeof line.value === "string" &&
      !/\$\(|`|<\(/.test(line.value) &&
      line.value.split("\n").every(isLocalLine),
  );
}

function isLocalLine(text: string): boolean {
  const isRunLater = RUN_LATER.test(text);
  return text
    .replace(DUPLICATION, " ")
    .split(/[;|&()]+/)
    .every((command) => {
      const words = command.trim().split(/\s+/);
      const at = words.findIndex((word) => !/^(sudo|-\w+|\w+=\S*|then|do|if|fi|done|else|!|)$/.test(word));
      const first = (words[at] ?? "").replace(/^\/(usr\/)?s?bin\//, "");
      if (first === "" || first.startsWith("#")) return true;
      if (!LOCAL_PROGRAM.test(first)) return false;
      const isWritten = isRunLater && /^(echo|printf)$/.test(first);
      if (!isWritten) return true;
      const said = words
        .slice(at + 1)
        .filter((word) => !/^-\w+$/.test(word))
        .join(" ")
        .replace(/^["']/, "");
      return isLocalLine(said.replace(WHEN, ""));
    });
}

/** Services of which the rules judge something, as AWS's command line and SDKs call them. */
const SERVICES =
  "elbv2|elb|ec2|autoscaling|cloudformation|cloudcontrol|ecs|ssm|scheduler|lightsail|s3api|cloudfront|globalaccelerator|elasticbeanstalk";
const GAP = String.raw`[\s,"'\\]+`;
const OPTIONS = String.raw`(?:${GAP}--[\w-]+(?:(?:=|${GAP})[^\s"',\\-][^\s"',\\]*)?)*`;
/** A call by AWS's command line, its words those of a list too, and what it is given. */
const COMMAND_LINE = new RegExp(
  String.raw`(?:\baws(?:cli)?|\$\{?\w{0,32}(?:aws|AWS)\w{0,32}\}?)\)?${OPTIONS}${GAP}(${SERVICES})${OPTIONS}${GAP}([a-z][a-z0-9-]+)((?:\\\n|[^\n;|&])*)`,
  "g",
);
const COMMON_OPTIONS = /^(Region|Profile|Output|Query|NoCliPager|NoPaginate|Debug)$/;
/** Calls by Python's SDK: of a client by its name, or right where it is made. */
const CLIENT = new RegExp(
  String.raw`(?:\b(\w{1,64})\s*=\s*)?\b(?:boto3(?:\.\w{1,64}\([^)]{0,400}\))?|\w{0,64}session)\.(?:client|resource)\(\s*["'](${SERVICES})["'][^)]*\)(?:\.(\w+)\()?`,
  "g",
);
/** Calls by HTTP. */
const QUERY = new RegExp(
  String.raw`https://(${SERVICES}|elasticloadbalancing)\.[\w.-]*amazonaws\.com[^\s"']*[?&]Action=(\w+)`,
  "g",
);
/** What an instance asks of them for itself, that changes nothing the rules judge. */
const OF_AN_INSTANCE =
  /^(ec2:(attach(Volume|NetworkInterface)|detachVolume|createVolume|modifyInstanceAttribute|(un)?assignPrivateIpAddresses|(create|replace)Route)|autoscaling:(enterStandby|exitStandby|setInstance(Health|Protection)|recordLifecycleActionHeartbeat)|cloudformation:(signalResource|validateTemplate)|elbv2:(de)?registerTargets|ecs:(updateContainerInstancesState|registerContainerInstance|registerTaskDefinition)|lightsail:(pushContainerImage|createContainerServiceDeployment)|elasticbeanstalk:createApplicationVersion|s3api:(?!(put|delete)(Bucket(Acl|Policy)|ObjectAcl|PublicAccessBlock)$)\w+|ssm:(putParameter|deleteParameters?|addTagsToResource|updateInstanceInformation|startSession)|\w+:wait)$/;

/** The calls of AWS's API in a script that may make or change what the rules judge, each as `service:operation`. */
export function openingCalls(text: string): string[] {
  const script = text.replace(/^\s*#.*$/gm, "");
  const camel = (words: string): string =>
    words.replace(/[-_]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const byCommand = [...script.matchAll(COMMAND_LINE)].map(([, service, operation = "", rest = ""]) => {
    const options = [...rest.matchAll(/--([a-z][\w-]*)/g)].map(([, option = ""]) => camel(`-${option}`));
    const given = options.filter((option) => !COMMON_OPTIONS.test(option));
    const name = `${service}:${camel(operation)}`;
    // A task that is run once has a public address only if it asks for one.
    const isClosed = name === "ecs:runTask" && !/assignPublicIp[="':\s]+ENABLED/.test(rest);
    return [name, isClosed ? [] : given] as const;
  });
  const bySdk = [...script.matchAll(CLIENT)].flatMap(([, name, service, operation]) => {
    const later = name === undefined ? [] : [...script.matchAll(new RegExp(`\\b${name}\\.(\\w+)\\(`, "g"))];
    const operations = [operation, ...later.map(([, one]) => one)].filter((one) => one !== undefined);
    return operations.map((one) => [`${service}:${camel(one)}`, undefined] as const);
  });
  const byHttp = [...script.matchAll(QUERY)].map(
    ([, service, operation]) => [`${service}:${operation}`, undefined] as const,
  );
  return [...byCommand, ...bySdk, ...byHttp]
    .filter(([name, given]) => !OF_AN_INSTANCE.test(name) && !isHarmlessCall(name, given))
    .map(([name]) => name);
}
