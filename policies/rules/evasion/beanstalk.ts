import { parseCidr } from "../../cidr";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import type { Subject } from "../../rule";
import { isTheWorld } from "../exposure/cidr";

/** What is everybody: as the rule world-ingress has it without configuration. */
const WIDEST = { ipv4: 8, ipv6: 16 };

/**
 * What is wrong with the options of an environment that has no load balancer, or of a template for any.
 *
 * Source: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html
 */
export function optionFaults({ props }: Subject): (string | undefined)[] {
  const options = optionsOf(props);
  const at = (namespace: string, name: string): Reading =>
    options.find((option) => option.namespace === namespace && option.name === name)?.value ?? {
      kind: "absent",
    };
  const listener = options.find(({ namespace }) => /^aws:elb(v2)?:listener/.test(namespace));
  const key = at("aws:autoscaling:launchconfiguration", "EC2KeyName");
  const source = at("aws:autoscaling:launchconfiguration", "SSHSourceRestriction");
  const address = at("aws:ec2:vpc", "AssociatePublicIpAddress");
  const groups = at("aws:autoscaling:launchconfiguration", "SecurityGroups");
  const isPublic =
    address.kind === "unknown" || (address.kind === "known" && String(address.value) !== "false");
  return [
    listener && "settings has options of a listener, of a load balancer that no rule judges; leave them out",
    (key.kind !== "absent" || source.kind !== "absent") && isWorld(source)
      ? "settings lets the world in on tcp 22: a key without a narrow SSHSourceRestriction; it must have one"
      : undefined,
    isPublic && groups.kind !== "absent"
      ? "settings gives instances a public address, in security groups whose ingress is not judged with it; it must not"
      : undefined,
  ];
}

function optionsOf(props: unknown): { namespace: string; name: string; value: Reading }[] {
  const list = readList(props, ["settings"]);
  return (isList(list) ? list : []).flatMap((option) => {
    const value = option.kind === "known" ? option.value : undefined;
    const [namespace, name] = ["namespace", "name"].map((key) => {
      const reading = read(value, [key]);
      return reading.kind === "known" ? String(reading.value) : "";
    });
    return [{ namespace: namespace!, name: name!, value: read(value, ["value"]) }];
  });
}

/** Left out it is everybody; `tcp, 22, 22, CIDR` or a security group. */
function isWorld(source: Reading): boolean {
  if (source.kind !== "known") return true;
  const from = String(source.value).split(",").at(-1)!.trim();
  const range = parseCidr(from);
  return range === undefined ? !/^sg-[0-9a-f]+$/.test(from) : isTheWorld([range], WIDEST);
}
