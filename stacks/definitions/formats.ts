import { SMALLEST_VPC, contains, parseCidr } from "../../components/cidr";
import { architectureOf } from "../../components/instance-type";

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
  const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseCidr);
  return (
    cidr !== undefined &&
    cidr.prefix >= 16 &&
    cidr.prefix <= SMALLEST_VPC &&
    privateRanges.some((range) => range !== undefined && contains(range, cidr))
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
