import type * as v from "valibot";

import { IMAGE as IMAGE_NAME } from "../../components/fleet/boot/container";
import { accessFields } from "./access-fields";
import { formatted, group, mapOf, matching, oneOf, optional, text, texts, words } from "../settings/fields";

const IMAGE = matching(IMAGE_NAME);

/**
 * The full ARN of a secret, which ends in a hyphen and six random characters. The names of secrets that other AWS
 * services manage contain an exclamation mark: `rds!db-…`.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
 */
export const SECRET_ARN = matching(
  /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@!-]{1,512}-[A-Za-z0-9]{6}$/,
);

/**
 * The name of a parameter, with or without a path.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html (Name)
 */
const PARAMETER_NAME = matching(/^((\/[A-Za-z0-9_.-]+){1,15}|[A-Za-z0-9_.-]+)$/, 1011);

/**
 * The ARN of a key. A policy cannot use an alias.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN
 */
export const KEY_ARN = matching(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-)?[0-9a-f-]{32,36}$/);

/** Names with a meaning for systemd, Docker or the dynamic loader, and `PORT`, which the stack sets. */
const TAKEN = /^((PORT|PATH|HOME|USER|SHELL|LOGNAME|TMPDIR|NOTIFY_SOCKET)$|LD_|DOCKER_|SYSTEMD_)/;

/** The name of an environment variable. */
const ENVIRONMENT_NAME = formatted("environment-name", (name) => !TAKEN.test(name), /^[A-Z][A-Z0-9_]{0,63}$/);

/** The value of an environment variable: one line of text. */
const ENVIRONMENT_VALUE = formatted(
  "environment-value",
  (value) => !/[\p{Cc}\p{Cs}]/u.test(value),
  /^[^]{1,2048}$/u,
);

const keyArn = {
  allowed: "the ARN of a key in KMS",
  example: "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
  of: KEY_ARN,
} as const;

/** Fields of an application release, for the store or for one colour. */
export const RELEASE = {
  artifactKey: {
    allowed: "a key of letters, digits and ! - _ . ' ( ) / + =, at most 1,024 characters",
    example: "store/1.4.2.tar.gz",
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
    of: matching(/^[A-Za-z0-9!_.'()/+=-]+$/, 1024),
  },
  artifactVersionId: {
    allowed: "the id of an object's version",
    example: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY",
    of: matching(/^[A-Za-z0-9._-]+$/, 1024),
  },
  artifactSha256: {
    allowed: "64 lowercase hexadecimal digits",
    example: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    of: matching(/^[0-9a-f]{64}$/),
  },
  image: {
    allowed:
      "an image of <account>.dkr.ecr.<region>.amazonaws.com or public.ecr.aws with its digest, name@sha256:…",
    example: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/store@sha256:${"0123456789abcdef".repeat(4)}`,
    of: IMAGE,
  },
} as const;

/** A list of up to 20 names; empty by default. */
function some(description: string, what: string, example: string, items: v.GenericSchema<string>) {
  return texts({
    description,
    default: Object.freeze([]),
    allowed: `up to 20 ${what}`,
    example,
    maxItems: 20,
    items,
  });
}

/** What the instances serve. */
export const schema = {
  application: group(
    {
      source: oneOf(["builtin", "store", "artifact", "container"], {
        description:
          "What the instances serve: a page from this project, its sample store, an artifact, or a container image.",
        default: "builtin",
      }),
      artifact: group(
        {
          bucket: optional(
            text({
              description: "S3 bucket of the archive, in aws:region.",
              allowed: "the name of a bucket",
              example: "releases-123456789012",
              // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
              of: matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
            }),
          ),
          key: optional(
            text({
              ...RELEASE.artifactKey,
              description: "Key of the archive: a .tar.gz of the application.",
            }),
          ),
          versionId: optional(
            text({
              ...RELEASE.artifactVersionId,
              description: "Version of the archive; if not set, the newest, which must still match sha256.",
            }),
          ),
          sha256: optional(
            text({
              ...RELEASE.artifactSha256,
              description:
                "SHA-256 of the archive. A new value replaces the instances; with a wrong one, no instance starts.",
            }),
          ),
          keyArn: optional(
            text({ ...keyArn, description: "Your KMS key, if the archive is encrypted with one." }),
          ),
        },
        {
          description: "The application as an archive in S3.",
          example: "artifact: { bucket: releases-123456789012, key: store/1.4.2.tar.gz, sha256: e3b0… }",
        },
      ),
      image: optional(
        text({
          ...RELEASE.image,
          description:
            "The application as a container image, by digest: in ECR, or in Amazon's public registry. It runs as user 10001 and writes to /tmp only.",
        }),
      ),
      command: words({
        description:
          "Program and arguments, which serve on the port in the variable PORT. For an artifact: a path within the archive, or an absolute path. For an image: replaces the image's command.",
        default: Object.freeze([]),
        allowed: "up to 50 words of visible ASCII characters and spaces, each of up to 512",
        example: "bin/server, --verbose",
        mayHoldSecret: true,
        maxItems: 50,
        items: matching(/^[\x20-\x7e]+$/, 512),
      }),
      ...accessFields,
    },
    {
      description:
        "What the instances serve. It listens on the port in the variable PORT and answers healthCheck.path.",
      example: `application: { source: container, image: "public.ecr.aws/…@sha256:…" }`,
    },
  ),
  environment: mapOf(
    {
      value: optional(
        text({
          description:
            "The value itself, which everyone who may see the launch template can read: never a secret.",
          allowed: "up to 2,048 characters without control characters",
          example: "eu",
          mayHoldSecret: true,
          of: ENVIRONMENT_VALUE,
        }),
      ),
      parameter: optional(
        text({
          description: "Name of a parameter in Parameter Store, in the stack's account and Region.",
          allowed: "the name of a parameter",
          example: "/store/prod/payment-url",
          mayHoldSecret: true,
          of: PARAMETER_NAME,
        }),
      ),
      secretArn: optional(
        text({
          description: "ARN of a secret in Secrets Manager, with its six random characters.",
          allowed: "the full ARN of a secret",
          example: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:store/database-a1B2c3",
          mayHoldSecret: true,
          of: SECRET_ARN,
        }),
      ),
      jsonKey: optional(
        text({
          description: "Key of the value in a secret that is a JSON object; if not set, the whole secret.",
          allowed: "up to 128 letters, digits and _ . -",
          example: "password",
          of: matching(/^[A-Za-z0-9_.-]{1,128}$/),
        }),
      ),
      keyArn: optional(
        text({ ...keyArn, description: "Your KMS key, if the parameter or secret is encrypted with one." }),
      ),
    },
    {
      description:
        "The application's environment variables. The instance reads parameters and secrets when the application starts, and keeps them in memory, readable by root only.",
      example: "environment: { PAYMENT_URL: { parameter: /store/prod/payment-url } }",
      atMost: 50,
      names: {
        of: ENVIRONMENT_NAME,
        allowed:
          "a capital letter, then up to 63 capital letters, digits and _; not PORT, PATH, HOME, USER, SHELL, LOGNAME, TMPDIR, NOTIFY_SOCKET, nor LD_…, DOCKER_…, SYSTEMD_…",
      },
    },
  ),
  formerRelease: group(
    {
      objects: some(
        "Its archives in S3. Archives in the same folder as the current one are readable anyway.",
        "objects as <bucket>/<key>",
        "old-releases/store/1.4.1.tar.gz",
        matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[A-Za-z0-9!_.'()/+=-]+$/, 1088),
      ),
      images: some(
        "Its images in ECR, if they are in another repository than the current one.",
        "images of ECR with their digests",
        RELEASE.image.example,
        IMAGE,
      ),
      parameters: some(
        "Parameters that its environment uses and the current one doesn't.",
        "names of parameters",
        "/store/prod/payment-url",
        PARAMETER_NAME,
      ),
      secretArns: some(
        "Secrets that its environment uses and the current one doesn't.",
        "full ARNs of secrets",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:store/database-a1B2c3",
        SECRET_ARN,
      ),
      keyArns: some(
        "Your KMS keys that encrypt any of these.",
        "ARNs of keys in KMS",
        keyArn.example,
        KEY_ARN,
      ),
    },
    {
      description:
        "What the previous release reads when it boots, and the current one doesn't. Set it in the deployment that changes these, and remove it when no instance boots from the previous release any more, including by a rollback.",
      example: "formerRelease: { parameters: [/store/prod/payment-url] }",
    },
  ),
} as const;
