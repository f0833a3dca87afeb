import { SMALLEST_VPC, type Cidr, contains, parseCidr } from "../../components/cidr";
import { architectureOf } from "../../components/instance-type";

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].flatMap(rangesIn);
const SHARED_AND_PRIVATE = [...PRIVATE, ...rangesIn("100.64.0.0/10")];

/**
 * Whether labels of letters, digits and inner hyphens, two at least, make up the text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1
 */
export function isDnsName(value: string): boolean {
  const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  return value.length <= 253 && new RegExp(`^(${label}\\.)+${label}$`).test(value);
}

/**
 * Whether the text is a range that a VPC takes and that is private, so that it shadows nobody's public addresses.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 * @see https://www.rfc-editor.org/rfc/rfc1918#section-3
 */
export function isVpcRange(value: string): boolean {
  const cidr = parseCidr(value);
  return (
    cidr !== undefined &&
    cidr.prefix >= 16 &&
    cidr.prefix <= SMALLEST_VPC &&
    PRIVATE.some((range) => contains(range, cidr))
  );
}

/**
 * Whether the text is the id of a machine image.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
export function isImageId(value: string): boolean {
  return /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(value);
}

/** Whether there are 1 to 10 texts, and all of them types of EC2 instances that run Linux. */
export function isListOfInstanceTypes(values: readonly string[]): boolean {
  return (
    values.length >= 1 && values.length <= 10 && values.every((value) => architectureOf(value) !== undefined)
  );
}

/**
 * Whether the text is a range of addresses from which nothing comes over the internet.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1918#section-3
 * @see https://www.rfc-editor.org/rfc/rfc6598#section-7
 */
export function isPrivateRange(value: string): boolean {
  const cidr = parseCidr(value);
  return cidr !== undefined && SHARED_AND_PRIVATE.some((range) => contains(range, cidr));
}

function rangesIn(text: string): Cidr[] {
  const cidr = parseCidr(text);
  return cidr === undefined ? [] : [cidr];
}
