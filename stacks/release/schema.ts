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

/** A colour's share of visitors, and its own release. */
const colour = (weight: number, name: string) =>
  group(
    {
      weight: integer(0, 999, {
        description: "Share of visitors, relative to the sum of both weights.",
        default: weight,
      }),
      imageId: optional(
        text({
          description: "ID of this colour's machine image; if not set, fleet.imageId.",
          allowed: "the id of a machine image in aws:region",
          example: "ami-0123456789abcdef0",
          of: IMAGE_ID,
        }),
      ),
      instanceTypes: texts({
        description: "EC2 instance types of this colour; empty for fleet.instanceTypes.",
        default: Object.freeze([]),
        allowed: "an empty list, or up to 10 different EC2 instance types that run Linux",
        example: "m7g.large",
        maxItems: 10,
        items: INSTANCE_TYPE_NAME,
      }),
      artifactKey: optional(
        text({
          ...RELEASE.artifactKey,
          description:
            "Key of this colour's archive, in the bucket of application.artifact; if not set, application.artifact.key.",
        }),
      ),
      artifactVersionId: optional(
        text({
          ...RELEASE.artifactVersionId,
          description: "Version of this colour's archive, together with artifactKey; if not set, the newest.",
        }),
      ),
      artifactSha256: optional(
        text({
          ...RELEASE.artifactSha256,
          description: "SHA-256 of this colour's archive, together with artifactKey.",
        }),
      ),
      image: optional(
        text({
          ...RELEASE.image,
          description: "This colour's container image; if not set, application.image.",
        }),
      ),
      instanceProtocol: optional(
        oneOf(INSTANCE_PROTOCOLS, {
          description: "How balancers connect to this colour; if not set, loadBalancing.instanceProtocol.",
          example: "https",
        }),
      ),
    },
    { description: `The ${name} instances.`, example: `${name}: { weight: ${weight} }` },
  );

/** Settings of releases from one colour to the other. */
export const schema = {
  blueGreen: group(
    {
      enabled: boolean({
        description:
          "Whether the store has two colours, each with its own instances, launch template and target group, so that one serves while the other is prepared.",
        default: false,
      }),
      live: oneOf(COLOURS, {
        description: "The colour that always has instances, and to which schedules and alarms apply.",
        default: "blue",
      }),
      fillIdle: boolean({
        description:
          "Whether the other colour has instances too, minSize to maxSize, which cost as much. If false, it has none.",
        default: false,
      }),
      blue: colour(100, "blue"),
      green: colour(0, "green"),
      stickinessSeconds: integer(0, 604_800, {
        description:
          "Seconds that visitors stay on their first colour while both have weight; 0 for not at all.",
        default: 0,
      }),
      bakeMinutes: integer(1, 10_080, {
        description:
          "Minutes to wait and watch after each step of a release. The stack only outputs it, for the people and pipelines that make the steps.",
        default: 30,
      }),
      releaseCommand: group(
        {
          command: words({
            description:
              "Program and arguments, in the form of application.command; empty for no command. It runs with the application's files, user, sandbox and environment.",
            default: Object.freeze([]),
            allowed: "up to 50 words of visible ASCII characters and spaces, each of up to 512",
            example: "bin/migrate, up",
            mayHoldSecret: true,
            maxItems: 50,
            items: matching(/^[\x20-\x7e]+$/, 512),
          }),
          timeoutSeconds: integer(10, 21_600, {
            description: "Seconds after which the command is stopped and counts as failed.",
            default: 900,
          }),
          logRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
            description: "Days that its output is kept in CloudWatch Logs.",
            default: 90,
          }),
        },
        {
          description:
            "Command that npm run rollout runs once for each release, such as a database migration, on one instance of the new colour before that has visitors. If it fails, the rollout ends.",
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
