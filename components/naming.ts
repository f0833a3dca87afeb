import { createHash } from "node:crypto";

/** Tags put on every resource that takes tags. Keys and values as AWS limits them (see {@link tagValue}). */
export type Tags = Readonly<Record<string, string>>;

/** Pulumi's auto-naming appends a hyphen and seven hexadecimal digits to a logical name. */
const AUTO_NAME_SUFFIX_LENGTH = 8;

/** Six hex digits tell 4,000 shortened names apart with odds of a clash below one in two. */
const HASH_LENGTH = 6;

/** AWS's limit for the value of a tag, in characters. */
const TAG_VALUE_LENGTH = 256;

/**
 * A logical name from which Pulumi's auto-naming derives a name within AWS's limits: letters, digits and
 * hyphens, no hyphen at either end, no `internal-` in front, and `awsLimit` characters at most. These are the
 * limits of load balancers and target groups, the strictest we meet.
 *
 * A name within the limits is returned as it is. Any other is cleaned, cut, and given a hash of the whole
 * original: it stays the same from run to run, and two long names that begin alike stay apart.
 *
 * @param name - the wished name, any text
 * @param awsLimit - characters that AWS allows, 16 at least
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
 * Text as the value of a tag: letters, digits, spaces and `_ . : / = + - @`, at most 256 characters. Every
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

/** Keys of the tags that tell which stack a resource belongs to. */
const STACK_TAG_KEYS: readonly string[] = ["Project", "Stack", "ManagedBy"];

/** Tag by which the agents on the proxies know the weight of a group, or of a type with `:` and the type behind. */
export const WEIGHT_TAG = "balancing-weight";

/** Keys of tags that are set by the program, or by awsx, and nowhere else; those with `:` behind {@link WEIGHT_TAG} too. */
export const RESERVED_TAG_KEYS: readonly string[] = [...STACK_TAG_KEYS, "Name", "SubnetType", WEIGHT_TAG];

/**
 * The maximum number of tags on a resource, but for those of {@link stackTagsOf}.
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
 * Whether the text may be the key of a tag of one's own. Fewer characters than AWS allows in general: no others
 * reach an instance's metadata, and with one an instance that shows its tags there doesn't start.
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

/** Whether the text may be the value of a tag as it is: see {@link tagValue}. */
export function isTagValue(text: string): boolean {
  return tagValue(text) === text;
}

/**
 * The tags that tell in the AWS console, and on the bill, which stack a resource belongs to. Resource names
 * do not carry the stack: renaming a stack must not replace its resources.
 *
 * @param project - the Pulumi project
 * @param stack - the Pulumi stack
 * @param own - further tags, with keys that {@link isTagKey}
 * @default own none
 */
export function stackTags(project: string, stack: string, own: Tags = {}): Tags {
  return { ...own, Project: tagValue(project), Stack: tagValue(stack), ManagedBy: "Pulumi" };
}

/** Of {@link stackTags}, those without which nobody knew whose a resource is: for one that takes {@link FEWEST_TAGS}. */
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
