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

/**
 * Whether the text is the whole ARN of a secret, which ends in a hyphen and six characters by AWS.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
export function isSecretArn(value: string): boolean {
  return /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$/.test(
    value,
  );
}

/**
 * Whether the text is the name of a parameter, with or without a path.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html (Name)
 */
export function isParameterName(value: string): boolean {
  return /^(\/[A-Za-z0-9_.-]+){1,15}$|^[A-Za-z0-9_.-]+$/.test(value) && value.length <= 1011;
}

/**
 * Whether the text is the ARN of a key: an alias isn't enough for a policy.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN
 */
export function isKeyArn(value: string): boolean {
  return /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-)?[0-9a-f-]{32,36}$/.test(value);
}

function rangesIn(text: string): Cidr[] {
  const cidr = parseCidr(text);
  return cidr === undefined ? [] : [cidr];
}
