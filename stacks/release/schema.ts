import { COLOURS } from "../../components/colours";
import { LOG_RETENTION_DAYS } from "../../components/network/flow-logs";
import { INSTANCE_PROTOCOLS } from "../../components/instance-endpoint";
import { RELEASE } from "../application/schema";
import { IMAGE_ID, INSTANCE_TYPE_NAME } from "../fleet/schema";
import {
  boolean,
  group,
  integer,
  matching,
  oneOf,
  oneOfIntegers,
  optional,
  text,
  texts,
  words,
} from "../settings/fields";

/** What one colour may have that the other hasn't, and its share of visitors. */
const colour = (weight: number, name: string) =>
  group(
    {
      weight: integer(0, 999, {
        description: "Share of visitors, as a part of both weights.",
        default: weight,
      }),
      imageId: optional(
        text({
          description: "Id of this colour's machine image; without, fleet.imageId.",
          allowed: "the id of a machine image in aws:region",
          example: "ami-0123456789abcdef0",
          of: IMAGE_ID,
        }),
      ),
      instanceTypes: texts({
        description: "EC2 instance types of this colour; none for fleet.instanceTypes.",
        default: Object.freeze([]),
        allowed: "none, or up to 10 different EC2 instance types that run Linux",
        example: "m7g.large",
        maxItems: 10,
        items: INSTANCE_TYPE_NAME,
      }),
      artifactKey: optional(
        text({
          ...RELEASE.artifactKey,
          description:
            "Key of this colour's archive, in the bucket of application.artifact; without, its key.",
        }),
      ),
      artifactVersionId: optional(
        text({
          ...RELEASE.artifactVersionId,
          description: "Version of this colour's archive, beside artifactKey; without, the newest.",
        }),
      ),
      artifactSha256: optional(
        text({
          ...RELEASE.artifactSha256,
          description: "SHA-256 of this colour's archive, beside artifactKey.",
        }),
      ),
      image: optional(
        text({ ...RELEASE.image, description: "This colour's container image; without, application.image." }),
      ),
      instanceProtocol: optional(
        oneOf(INSTANCE_PROTOCOLS, {
          description: "How balancers speak to this colour; without, loadBalancing.instanceProtocol.",
          example: "https",
        }),
      ),
    },
    { description: `The ${name} instances.`, example: `${name}: { weight: ${weight} }` },
  );

/** Releases from one colour to the other. */
export const schema = {
  blueGreen: group(
    {
      enabled: boolean({
        description:
          "Whether the store has two colours, each with instances, launch template and target group of its own, of which one serves while the other is made ready.",
        default: false,
      }),
      live: oneOf(COLOURS, {
        description: "The colour that always has instances, and that schedules and alarms are for.",
        default: "blue",
      }),
      fillIdle: boolean({
        description:
          "Whether the other colour has instances too, minSize to maxSize, and they have to be paid for. Without, it has none.",
        default: false,
      }),
      blue: colour(100, "blue"),
      green: colour(0, "green"),
      stickinessSeconds: integer(0, 604_800, {
        description:
          "Seconds that a visitor stays with the colour he met first, while both have weight; 0 for not at all.",
        default: 0,
      }),
      bakeMinutes: integer(1, 10_080, {
        description:
          "Minutes to watch after each step of a release before the next. It is for people and pipelines to keep, as the output of the same name tells them.",
        default: 30,
      }),
      releaseCommand: group(
        {
          command: words({
            description:
              "Program and arguments, written as application.command is; none for nothing. They have the application's files, user, sandbox and environment.",
            default: Object.freeze([]),
            allowed: "up to 50 words of visible ASCII characters and spaces, each of up to 512",
            example: "bin/migrate, up",
            mayHoldSecret: true,
            maxItems: 50,
            items: matching(/^[\x20-\x7e]+$/, 512),
          }),
          timeoutSeconds: integer(10, 21_600, {
            description: "Seconds after which it is ended, and counts as failed.",
            default: 900,
          }),
          logRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
            description: "Days that what it prints is kept in CloudWatch Logs.",
            default: 90,
          }),
        },
        {
          description:
            "What npm run rollout runs once a release, such as a migration of a database: on one instance of the colour that is filled, before that has visitors. Where it fails, the rollout ends.",
          example: "releaseCommand: { command: [bin/migrate, up], timeoutSeconds: 1800 }",
        },
      ),
    },
    {
      description: "Releases by blue/green and canary, described in docs/blue-green.md.",
      example: "blueGreen: { enabled: true, fillIdle: true, blue: { weight: 90 }, green: { weight: 10 } }",
    },
  ),
} as const;
