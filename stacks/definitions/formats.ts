import { isTimeZone, parseDate } from "../../components/calendar/wall-clock";
import { SMALLEST_VPC, type Cidr, contains, parseCidr } from "../../components/network/cidr";
import { architectureOf, INSTANCE_TYPE } from "../../components/fleet/instance-type";
import { MAX_BODY } from "../../components/load-balancer/listener-rules";
import { isTagKey, isTagValue } from "../../components/naming";
import type { Format, TextRule } from "../text-rules";

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].flatMap(rangesIn);
const SHARED_AND_PRIVATE = [...PRIVATE, ...rangesIn("100.64.0.0/10")];

const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

/**
 * Labels of letters, digits and inner hyphens, two at least.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1
 */
export const DNS_NAME = { maxLength: 253, pattern: new RegExp(`^(${LABEL}\\.)+${LABEL}$`) } as const;

/** A {@link DNS_NAME}, or one with `*` for its first label. */
export const DNS_NAME_OR_WILDCARD = {
  maxLength: 253,
  pattern: new RegExp(`^(\\*\\.)?(${LABEL}\\.)+${LABEL}$`),
} as const;

const IPV4_RANGE = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;

/**
 * A range that a VPC takes and that is private, so that it shadows nobody's public addresses.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 * @see https://www.rfc-editor.org/rfc/rfc1918#section-3
 */
export const VPC_RANGE: TextRule = {
  pattern: IPV4_RANGE,
  format: {
    name: "vpc-range",
    accepts(text) {
      const cidr = parseCidr(text);
      if (cidr === undefined || cidr.prefix < 16 || cidr.prefix > SMALLEST_VPC) return false;
      return PRIVATE.some((range) => contains(range, cidr));
    },
  },
};

/**
 * The id of a machine image.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
export const IMAGE_ID = { pattern: /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/ } as const;

/** A type of EC2 instances that run Linux. */
export const INSTANCE_TYPE_NAME: TextRule = {
  pattern: INSTANCE_TYPE,
  format: { name: "instance-type", accepts: (text) => architectureOf(text) !== undefined },
};

/**
 * A range of addresses from which nothing comes over the internet.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1918#section-3
 * @see https://www.rfc-editor.org/rfc/rfc6598#section-7
 */
export const PRIVATE_RANGE: TextRule = {
  pattern: IPV4_RANGE,
  format: {
    name: "private-range",
    accepts(text) {
      const cidr = parseCidr(text);
      return cidr !== undefined && SHARED_AND_PRIVATE.some((range) => contains(range, cidr));
    },
  },
};

/**
 * The whole ARN of a secret, which ends in a hyphen and six characters by AWS.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
export const SECRET_ARN = {
  pattern:
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}$/,
} as const;

/**
 * The name of a parameter, with or without a path.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html (Name)
 */
export const PARAMETER_NAME = {
  maxLength: 1011,
  pattern: /^((\/[A-Za-z0-9_.-]+){1,15}|[A-Za-z0-9_.-]+)$/,
} as const;

/**
 * The ARN of a key: an alias isn't enough for a policy.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN
 */
export const KEY_ARN = {
  pattern: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-)?[0-9a-f-]{32,36}$/,
} as const;

/** A day: `2028-02-29`. */
export const DATE: TextRule = {
  pattern: /^\d{4}-\d\d-\d\d$/,
  format: { name: "date", accepts: (text) => parseDate(text) !== undefined },
};

/** The name of an IANA time zone. */
export const TIME_ZONE: TextRule = {
  pattern: /^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z0-9_+-]*)+$/,
  format: { name: "time-zone", accepts: isTimeZone },
};

/** The key of a tag of one's own. */
export const TAG_KEY: TextRule = {
  pattern: /^[A-Za-z0-9+\-=._:@]{1,128}$/,
  format: { name: "tag-key", accepts: isTagKey },
};

/** The value of a tag. */
export const TAG_VALUE: TextRule = {
  pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
  format: { name: "tag-value", accepts: isTagValue },
};

/** Names that mean something to systemd, Docker or the loader of programs, and `PORT`, which is ours. */
const TAKEN = /^((PORT|PATH|HOME|USER|SHELL|LOGNAME|TMPDIR|NOTIFY_SOCKET)$|LD_|DOCKER_|SYSTEMD_)/;

/** The name of an environment variable. */
export const ENVIRONMENT_NAME: TextRule = {
  pattern: /^[A-Z][A-Z0-9_]{0,63}$/,
  format: { name: "environment-name", accepts: (text) => !TAKEN.test(text) },
};

/** The value of an environment variable: one line of text. */
export const ENVIRONMENT_VALUE: TextRule = {
  ...{ minLength: 1, maxLength: 2048 },
  format: { name: "environment-value", accepts: (text) => !/[\p{Cc}\p{Cs}]/u.test(text) },
};

/**
 * What a load balancer answers by itself. It is counted in UTF-16's units, as the policy `listener-actions` does: AWS
 * doesn't say what it counts, and these are never fewer than characters.
 */
export const ANSWER_BODY: TextRule = {
  maxLength: MAX_BODY,
  format: { name: "answer-body", accepts: (text) => text.length <= MAX_BODY },
};

/** Every format that a setting has: what JSON Schema only names. */
export const FORMATS: readonly Format[] = [
  VPC_RANGE,
  INSTANCE_TYPE_NAME,
  PRIVATE_RANGE,
  DATE,
  TIME_ZONE,
  TAG_KEY,
  TAG_VALUE,
  ENVIRONMENT_NAME,
  ENVIRONMENT_VALUE,
  ANSWER_BODY,
].flatMap(({ format }) => format ?? []);

function rangesIn(text: string): Cidr[] {
  const cidr = parseCidr(text);
  return cidr === undefined ? [] : [cidr];
}
