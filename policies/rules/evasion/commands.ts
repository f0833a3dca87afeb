import { isList, readList } from "../../read";
import type { Reading } from "../../read";
import { isHarmlessCall } from "./harmless-calls";

/** Programs that affect only the instance they run on. */
const LOCAL_PROGRAM =
  /^(systemctl|service|yum|dnf|apt|apt-get|rpm|dpkg|amazon-linux-extras|echo|printf|sleep|wait|exit|set|cd|export|true|rm|mkdir|touch|cp|mv|ln|chmod|chown|cat|tail|head|tee|sysctl|journalctl|logrotate|df|du|free|uptime|date|hostname|hostnamectl|timedatectl|fstrim|sync|reboot|shutdown)$/;

/** A redirected stream such as `2>&1`, whose `&` does not start a background command. */
const DUPLICATION = /\d*[<>]&(\d+|-)(?=[\s;|&()]|$)/g;

/** Files whose content runs later: by cron, at boot or at sign-in. */
const RUN_LATER =
  /\/etc\/(ana)?cron|\/etc\/(systemd|init|rc|profile|update-motd)|\/var\/spool\/(cron|at)|\/lib\/systemd/;

/** The schedule and user before a command of cron. */
const WHEN = /^(@\w+|([\d*/,-]+\s+){5})\s*(root\s+)?/;

/** True for commands that are known, and that only start programs that stay on the instance. */
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

/** Services with resources that the rules judge, by their names in the AWS CLI and SDKs. */
const SERVICES =
  "elbv2|elb|ec2|autoscaling|cloudformation|cloudcontrol|ecs|ssm|scheduler|lightsail|s3api|cloudfront|globalaccelerator|elasticbeanstalk";
const GAP = String.raw`[\s,"'\\]+`;
const OPTIONS = String.raw`(?:${GAP}--[\w-]+(?:(?:=|${GAP})[^\s"',\\-][^\s"',\\]*)?)*`;
/** A call of the AWS CLI with its arguments, as a command line or as a list of words. */
const COMMAND_LINE = new RegExp(
  String.raw`(?:\baws(?:cli)?|\$\{?\w{0,32}(?:aws|AWS)\w{0,32}\}?)\)?${OPTIONS}${GAP}(${SERVICES})${OPTIONS}${GAP}([a-z][a-z0-9-]+)((?:\\\n|[^\n;|&])*)`,
  "g",
);
const COMMON_OPTIONS = /^(Region|Profile|Output|Query|NoCliPager|NoPaginate|Debug)$/;
/** Calls of the SDK for Python, on a client in a variable or on one created in place. */
const CLIENT = new RegExp(
  String.raw`(?:\b(\w{1,64})\s*=\s*)?\b(?:boto3(?:\.\w{1,64}\([^)]{0,400}\))?|\w{0,64}session)\.(?:client|resource)\(\s*["'](${SERVICES})["'][^)]*\)(?:\.(\w+)\()?`,
  "g",
);
/** Calls of the query API over HTTP. */
const QUERY = new RegExp(
  String.raw`https://(${SERVICES}|elasticloadbalancing)\.[\w.-]*amazonaws\.com[^\s"']*[?&]Action=(\w+)`,
  "g",
);
/** Calls that an instance makes for itself, and that change nothing the rules judge. */
const OF_AN_INSTANCE =
  /^(ec2:(attach(Volume|NetworkInterface)|detachVolume|createVolume|modifyInstanceAttribute|(un)?assignPrivateIpAddresses|(create|replace)Route)|autoscaling:(enterStandby|exitStandby|setInstance(Health|Protection)|recordLifecycleActionHeartbeat)|cloudformation:(signalResource|validateTemplate)|elbv2:(de)?registerTargets|ecs:(updateContainerInstancesState|registerContainerInstance|registerTaskDefinition)|lightsail:(pushContainerImage|createContainerServiceDeployment)|elasticbeanstalk:createApplicationVersion|s3api:(?!(put|delete)(Bucket(Acl|Policy)|ObjectAcl|PublicAccessBlock)$)\w+|ssm:(putParameter|deleteParameters?|addTagsToResource|updateInstanceInformation|startSession)|\w+:wait)$/;

/** The AWS API calls in a script that may create or change what the rules judge, each as `service:operation`. */
export function openingCalls(text: string): string[] {
  const script = text.replace(/^\s*#.*$/gm, "");
  const camel = (words: string): string =>
    words.replace(/[-_]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const byCommand = [...script.matchAll(COMMAND_LINE)].map(([, service, operation = "", rest = ""]) => {
    const options = [...rest.matchAll(/--([a-z][\w-]*)/g)].map(([, option = ""]) => camel(`-${option}`));
    const given = options.filter((option) => !COMMON_OPTIONS.test(option));
    const name = `${service}:${camel(operation)}`;
    // A task started by runTask has a public address only if it asks for one.
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
