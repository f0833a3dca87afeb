import * as v from "valibot";

import { schema as application } from "../application/schema";
import { schema as applications } from "../applications/schema";
import { schema as balancer } from "../balancer/schema";
import { schema as calendar } from "../calendar/schema";
import { schema as certificate } from "../certificate/schema";
import { schema as clientCertificates } from "../client-certificates/schema";
import { schema as dns } from "../dns/schema";
import { schema as edge } from "../edge/schema";
import { schema as fleet } from "../fleet/schema";
import { schema as login } from "../login/schema";
import { schema as monitoring } from "../monitoring/schema";
import { schema as network } from "../network/schema";
import { schema as proxy } from "../proxy/schema";
import { schema as release } from "../release/schema";
import { schema as roles } from "../roles/schema";
import { schema as routes } from "../routes/schema";
import { schema as status } from "../status/schema";
import { schema as tags } from "../tags/schema";
import { schema as telemetry } from "../telemetry/schema";
import { matching, type Setting, text, type ValueOf } from "./fields";

/** Every setting of a stack. `aws:region` is the provider's; see {@link provided}. */
export const schema = {
  ...dns,
  ...certificate,
  ...network,
  ...balancer,
  ...login,
  ...clientCertificates,
  ...routes,
  ...proxy,
  ...fleet,
  ...application,
  ...applications,
  ...tags,
  ...roles,
  ...calendar,
  ...release,
  ...edge,
  ...status,
  ...monitoring,
  ...telemetry,
} as const;

/** Settings of the AWS provider in a stack's configuration. */
export const provided = {
  /** Also read by the AWS provider. Required, so that environment variables cannot move a stack to another Region. */
  region: text({
    description: "AWS Region of the stack.",
    allowed: "the name of an AWS Region",
    example: "eu-west-1",
    of: matching(/^[a-z]{2}(-[a-z]+)+-\d$/),
  }),
  /** Applied by the AWS provider only; they count towards AWS's limits of tags. */
  defaultTags: v.optional(
    v.pipe(
      v.object({ tags: v.optional(v.record(v.string(), v.string()), {}) }),
      v.metadata({
        allowed: "a mapping with tags, a mapping of names to strings",
        line: "defaultTags: { tags: { Team: shop } }",
      }),
    ),
    {},
  ) as Setting<{ readonly tags: Readonly<Record<string, string>> }>,
} as const;

/** Every setting of a stack, and those of the AWS provider. */
export const stack = { ...provided, ...schema };

/** A stack's settings, with defaults, each valid alone and together with the others. */
export type Settings = ValueOf<typeof stack>;
