/**
 * Values for properties nobody wrote a value for: of the declared type, stable, and of the form their name
 * promises (an ARN, an account id, a timestamp).
 */
import type { Value, Values } from "../values";
import { formatArn } from "./arn";
import { hex } from "./hash";
import { zones } from "./regions";
import { objectShape, type Property } from "./sdk";
import type { CloudContext } from "./types";

/** Everything the rehearsal creates was created then: results may not depend on the clock. */
export const CREATED = "2025-01-01T00:00:00Z";

const kebab = (text: string): string => text.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();

/**
 * How ids of EC2 begin, where it isn't with the words of their properties' names: see
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

/** A text by the property's name. Optional inputs that were left out are empty, as AWS reports what is not set. */
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
 * A made-up value of the property's type. Lists and maps are empty: what they hold can't be known. Objects hold
 * the fields that are always there.
 *
 * @param seed - What the value is a function of, besides the property's name.
 * @param input - The program could have given it but didn't.
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

/** Values for all properties that are always there. */
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
