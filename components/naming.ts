import { createHash } from "node:crypto";

/**
 * Tags for every resource that takes tags. Keys and values are within AWS's limits (see {@link tagValue}).
 */
export type Tags = Readonly<Record<string, string>>;

/** Pulumi's auto-naming appends a hyphen and seven hexadecimal digits to a logical name. */
const AUTO_NAME_SUFFIX_LENGTH = 8;

/** With six hexadecimal digits, the odds that any of 4,000 shortened names clash are below one in two. */
const HASH_LENGTH = 6;

/** AWS's limit for the value of a tag, in characters. */
const TAG_VALUE_LENGTH = 256;

/**
 * A logical name from which Pulumi's auto-naming derives a name within AWS's limits: letters, digits and
 * hyphens, no hyphen at either end, no `internal-` prefix, and at most `awsLimit` characters. These are the
 * limits of load balancers and target groups, the strictest of the resources used here.
 *
 * A name within the limits is returned unchanged. Any other name is cleaned, shortened, and given a hash of
 * the whole original, so that it is the same in every run, and two long names with the same beginning stay
 * distinct.
 *
 * @param name - the name wanted, any text
 * @param awsLimit - the number of characters that AWS allows, at least 16
 * @default awsLimit 32, for load balancers and target groups
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html (Name)
 */
export function boundedName(name: string, awsLimit: number = 32): string {
  const maxLength = awsLimit - AUTO_NAME_SUFFIX_LENGTH;
  const cleaned = trimHyphens(
    name
      .normalize("NFKD")
      .replace(/\p{Mark}+/gu, "")
      .replace(/[^A-Za-z0-9]+/g, "-"),
  ).replace(/^(internal(-|$))+/, "");
  if (cleaned === name && name.length > 0 && name.length <= maxLength) return name;

  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  const head = trimHyphens(cleaned.slice(0, maxLength - HASH_LENGTH - 1));
  return head === "" ? hash : `${head}-${hash}`;
}

/**
 * Makes text a valid tag value: letters, digits, spaces and `_ . : / = + - @`, at most 256 characters. Every
 * other character becomes a hyphen.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tagValue(text: string): string {
  const allowed = [...text].map((character) =>
    /[\p{L}\p{Z}\p{N}_.:/=+\-@]/u.test(character) ? character : "-",
  );
  return allowed.slice(0, TAG_VALUE_LENGTH).join("");
}

/** Keys of the tags that identify the stack of a resource. */
const STACK_TAG_KEYS: readonly string[] = ["Project", "Stack", "ManagedBy"];

/**
 * The tag from which the agents on the proxies read the weight of a group or, with `:` and an instance type
 * appended, of that type.
 */
export const WEIGHT_TAG = "balancing-weight";

/**
 * Keys of tags that only the program or awsx sets. Keys that begin with {@link WEIGHT_TAG} and `:` are
 * reserved too.
 */
export const RESERVED_TAG_KEYS: readonly string[] = [...STACK_TAG_KEYS, "Name", "SubnetType", WEIGHT_TAG];

/**
 * The maximum number of tags on a resource, except on those that take {@link stackTagsOf}.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export const MOST_TAGS = 50;

/**
 * The maximum number of tags on an S3 object, a hosted zone or a health check of Route 53.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html (AddTags)
 */
export const FEWEST_TAGS = 10;

/**
 * Whether the text is a valid key for a user's own tag. The allowed characters are fewer than AWS's in
 * general, because instance metadata allows no others: with any other, an instance that exposes its tags in
 * metadata doesn't start.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
 */
export function isTagKey(key: string): boolean {
  const name = key.toLowerCase();
  const isReserved =
    RESERVED_TAG_KEYS.some((reserved) => reserved.toLowerCase() === name) ||
    name.startsWith(`${WEIGHT_TAG}:`);
  return /^[A-Za-z0-9+\-=._:@]{1,128}$/.test(key) && !/^(aws:|\.{1,2}$|_index$)/i.test(key) && !isReserved;
}

/** Whether the text is a valid tag value without changes: see {@link tagValue}. */
export function isTagValue(text: string): boolean {
  return tagValue(text) === text;
}

/**
 * The tags that show, in the AWS console and on the bill, which stack a resource belongs to. Resource names
 * don't contain the stack's name, because renaming a stack must not replace its resources.
 *
 * @param project - the Pulumi project
 * @param stack - the Pulumi stack
 * @param own - further tags, whose keys satisfy {@link isTagKey}
 * @default own none
 */
export function stackTags(project: string, stack: string, own: Tags = {}): Tags {
  return { ...own, Project: tagValue(project), Stack: tagValue(stack), ManagedBy: "Pulumi" };
}

/**
 * Those of {@link stackTags} that identify the stack, for a resource that takes at most {@link FEWEST_TAGS}.
 */
export function stackTagsOf(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => STACK_TAG_KEYS.includes(key)));
}

/** `tags` with the `Name` that the AWS console shows in its first column. */
export function named(tags: Tags, name: string): Tags {
  return { ...tags, Name: tagValue(name) };
}

function trimHyphens(text: string): string {
  return text.replace(/^-+|-+$/g, "");
}
