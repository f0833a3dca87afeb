/**
 * Made-up values of properties without a given value: of the declared type, stable, and in the format that their name
 * suggests (an ARN, an account id, a timestamp).
 */
import type { Value, Values } from "../values";
import { formatArn } from "./arn";
import { hex } from "./hash";
import { zones } from "./regions";
import { objectShape, type Property } from "./sdk";
import type { CloudContext } from "./types";

/** The creation time of everything in a rehearsal: results must not depend on the clock. */
export const CREATED = "2025-01-01T00:00:00Z";

const kebab = (text: string): string => text.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();

/**
 * The prefixes of EC2 ids that differ from the words of their properties' names: see
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/networkInterfaceId$/i, "eni"],
  [/securityGroupId$/i, "sg"],
  [/routeTableId$/i, "rtb"],
  [/transitGatewayId$/i, "tgw"],
  [/allocationId$/i, "eipalloc"],
  [/networkAclId$/i, "acl"],
  [/internetGatewayId$/i, "igw"],
  [/vpcEndpointId$/i, "vpce"],
  [/snapshotId$/i, "snap"],
  [/volumeId$/i, "vol"],
  [/natGatewayId$/i, "nat"],
  [/vpcId$/i, "vpc"],
  [/subnetId$/i, "subnet"],
  [/vpcPeeringConnectionId$/i, "pcx"],
  [/^(image|ami)Id$/, "ami"],
  [/^instanceId$/, "i"],
];

/**
 * A string in the format that the property's name suggests. Missing optional inputs are empty, as AWS reports unset
 * values.
 */
function text(name: string, seed: string, context: CloudContext, input: boolean): string {
  if (name === "region") return context.region;
  if (/^(owner|account|awsAccount|registry)(Id)?$/.test(name)) return context.accountId;
  if (name === "partition") return context.partition;
  if (name === "availabilityZone") return zones(context.region)[0]?.name ?? "";
  if (input) return "";
  if (/(^a|A)rn$/.test(name)) {
    const { partition, region, accountId: account } = context;
    return formatArn({
      partition,
      service: "rehearsal",
      region,
      account,
      resource: `${kebab(name)}/${hex(seed, 17)}`,
    });
  }
  if (/(Time|Date|At|Timestamp|lastModified|notBefore|notAfter)$/.test(name)) return CREATED;
  if (name === "status" || name === "state") return "ACTIVE";
  if (name === "version") return "1";
  if (/(hosted|distribution)ZoneId$/i.test(name)) return `Z${hex(seed, 13).toUpperCase()}`;
  if (/(Url|Uri)$/.test(name)) return `https://${hex(seed, 10)}.example.com`;
  const prefix = PREFIXES.find(([names]) => names.test(name))?.[1];
  return prefix === undefined ? `${kebab(name)}-${hex(seed, 8)}` : `${prefix}-${hex(seed, 17)}`;
}

/**
 * A made-up value of the property's type. Lists and maps are empty, because their content can't be known. Objects
 * have the fields that are always set.
 *
 * @param seed - Determines the value, together with the property's name.
 * @param input - Whether it is an input that the program left out.
 */
export function fill(
  property: Property,
  root: string,
  seed: string,
  context: CloudContext,
  input = false,
): Value {
  const { name, type } = property;
  switch (type.kind) {
    case "string":
      return text(name, `${seed} ${name}`, context, input);
    case "number":
      return 0;
    case "boolean":
      return false;
    case "list":
      return [];
    case "map":
      return {};
    case "resource":
      return {};
    case "object":
      return fillAll(objectShape(root, type.name), root, `${seed} ${name}`, context, input);
  }
}

/** Values for all properties that are always set. */
export function fillAll(
  properties: readonly Property[],
  root: string,
  seed: string,
  context: CloudContext,
  input = false,
): Values {
  const required = properties.filter(({ optional }) => !optional);
  return Object.fromEntries(
    required.map((property) => [property.name, fill(property, root, seed, context, input)]),
  );
}
