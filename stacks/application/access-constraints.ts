import { statementsOf } from "../../components/fleet/instance-grants";
import type { EgressTarget } from "../../components/fleet/instance-security-group";
import { isPrivate, PRIVATE_RANGES } from "../../components/network/cidr";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";
import { ENDPOINTS, serviceOf } from "./access";
import { instanceGrants, LONGEST_RELEASE } from "./user-data";

/** What the settings of the application's access must satisfy together. */
export const accessConstraints: readonly Constraint[] = [
  permissionsTooBroad,
  permissionsTooLong,
  servicesOutOfReach,
  egressUnclear,
  egressTwice,
  egressOutOfReach,
];

/** Services through which a role can gain the permissions of any other. */
const IDENTITY: readonly string[] = ["iam", "sts", "organizations", "sso", "identitystore"];

/** An attacker who takes over an application has its permissions. */
function permissionsTooBroad({ application: { permissions } }: Settings): Violation[] {
  return Object.entries(permissions).flatMap(([name, { actions, resources }]): Violation[] => {
    const everything = resources.find(isEverything);
    if (everything === undefined) return [];
    const at = `application.permissions.${name}.resources`;
    const wild = actions.find((action) => /[*?]/.test(action));
    const identity = actions.find((action) => IDENTITY.includes(serviceOf(action)));
    if (wild === undefined && identity === undefined) return [];
    return [
      {
        at,
        allowed:
          wild === undefined
            ? `ARNs: with ${identity} on all resources, an instance could gain any permission`
            : `ARNs, because the action ${wild} has a wildcard: * on * allows everything`,
        remedy: `name the resources instead of ${everything}, or ${wild === undefined ? `remove ${identity}` : "the actions one by one"}`,
      },
    ];
  });
}

/** True for `*`, and for an ARN that names no account, Region or resource: `arn:aws:s3:::*`. */
function isEverything(resource: string): boolean {
  const [, , , region = "", account = "", ...name] = resource.split(":");
  return (
    resource === "*" || (/^\*?$/.test(region) && /^\*?$/.test(account) && /^[*:/]+$/.test(name.join(":")))
  );
}

/**
 * The inline policies of a role together have 10,240 characters at most; those of Session Manager and of lifecycle
 * hooks need less than 1,000.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
const MAX_POLICY = 10_240 - 1_000;

function permissionsTooLong(settings: Settings): Violation[] {
  if (Object.keys(settings.application.permissions).length === 0) return [];
  const scope = { partition: "aws-us-gov", accountId: "0".repeat(12), region: settings.region };
  const { length } = JSON.stringify(statementsOf(instanceGrants(settings, LONGEST_RELEASE), scope));
  if (length <= MAX_POLICY) return [];
  return [
    {
      at: "application.permissions",
      allowed: `fewer or shorter statements: IAM allows ${MAX_POLICY} characters, and these, with what the instances need, have ${length}`,
      remedy: "combine resources with the same beginning into one ARN with a wildcard",
    },
  ];
}

function servicesOutOfReach(settings: Settings): Violation[] {
  if (settings.network.natGateways !== "none") return [];
  return Object.entries(settings.application.permissions).flatMap(([name, { actions }]) =>
    [...new Set(actions.map(serviceOf))]
      .filter((service) => !ENDPOINTS.has(service))
      .map((service) => ({
        at: `application.permissions.${name}.actions`,
        allowed: `actions of ${[...ENDPOINTS.keys()].sort().join(", ")}, for which the stack creates endpoints, because network.natGateways is none`,
        remedy: `remove those of ${service}, or set network.natGateways to single or perZone`,
      })),
  );
}

function egressUnclear({ application: { egress } }: Settings): Violation[] {
  return Object.entries(egress).flatMap(([name, { protocol, port, cidr, securityGroupId }]): Violation[] => {
    const at = `application.egress.${name}`;
    if ((cidr === undefined) === (securityGroupId === undefined)) {
      return [
        {
          at: cidr === undefined ? at : `${at}.cidr`,
          allowed:
            cidr === undefined
              ? "one of cidr and securityGroupId"
              : "no value together with securityGroupId: set one of the two",
          remedy: `give ${name} exactly one of cidr and securityGroupId`,
        },
      ];
    }
    if (protocol !== "tcp" || port !== 443) return [];
    return [
      {
        at: `${at}.port`,
        allowed: "a port other than 443: instances may connect anywhere by HTTPS",
        remedy: `remove ${name}`,
      },
    ];
  });
}

/** EC2 refuses the same rule twice. */
function egressTwice({ application: { egress } }: Settings): Violation[] {
  const keyOf = ({ protocol, port, cidr, securityGroupId }: EgressTarget): string =>
    [protocol, port, cidr ?? securityGroupId].join(" ");
  const names = Object.entries(egress);
  return names.flatMap(([name, target], index): Violation[] => {
    const first = names.slice(0, index).find(([, other]) => keyOf(other) === keyOf(target));
    if (first === undefined) return [];
    return [
      {
        at: `application.egress.${name}`,
        allowed: `another protocol, port or target than that of ${first[0]}`,
        remedy: `remove ${name}`,
      },
    ];
  });
}

function egressOutOfReach({ application: { egress }, network: { natGateways } }: Settings): Violation[] {
  if (natGateways !== "none") return [];
  return Object.entries(egress)
    .filter(([, { cidr }]) => cidr !== undefined && !isPrivate(cidr))
    .map(([name]) => ({
      at: `application.egress.${name}.cidr`,
      allowed: `a range within ${PRIVATE_RANGES.join(", ")}, because network.natGateways is none`,
      remedy: "choose such a range, or set network.natGateways to single or perZone",
    }));
}
