import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { containsUnknown, isMap, UNKNOWN, type Value, type Values } from "../values";

/**
 * What the provider computes anew when it changes a resource, by type.
 * Source: `SetNewComputed` in hashicorp/terraform-provider-aws `internal/service`: `ec2/ec2_launch_template.go`,
 * `lambda/function.go`, `s3/object.go`, `s3/bucket_object.go`, `ssm/parameter.go`.
 */
const NEW_ON_UPDATE: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/launchTemplate:LaunchTemplate": ["latestVersion", "defaultVersion"],
  "aws:lambda/function:Function": ["lastModified", "qualifiedArn", "qualifiedInvokeArn", "version"],
  "aws:s3/bucketObject:BucketObject": ["etag", "versionId"],
  "aws:s3/bucketObjectv2:BucketObjectv2": ["etag", "versionId"],
  "aws:ssm/parameter:Parameter": ["version"],
};

/**
 * The outputs of a resource that is changed: what the provider computes stays as it was.
 *
 * @param inputs - what the program wants it to be, which nobody computes
 * @param made - the outputs as they would be of a new one
 * @param computed - the same, unknown where the provider computes them
 * @param former - as they were
 */
export function keepComputed(
  type: string,
  inputs: Values,
  made: Values,
  computed: Values,
  former: Values,
): Values {
  const anew = (NEW_ON_UPDATE[type] ?? []).filter(
    (key) => key !== "defaultVersion" || inputs["updateDefaultVersion"] === true,
  );
  const entries = Object.entries(made).map(([key, value]): [string, Value] => [
    key,
    anew.includes(key)
      ? next(value, former[key])
      : kept(value, computed[key] ?? null, former[key], inputs[key]),
  ]);
  return Object.fromEntries(entries);
}

/** A version counts on. */
function next(made: Value, former: Value | undefined): Value {
  return typeof made === "number" && typeof former === "number" ? former + 1 : made;
}

function kept(made: Value, computed: Value, former: Value | undefined, input: Value | undefined): Value {
  if (former === undefined || input === UNKNOWN || !containsUnknown(computed)) return made;
  if (computed === UNKNOWN) return former;
  if (isMap(made) && isMap(computed) && isMap(former)) {
    const given = isMap(input) ? input : {};
    const entries = Object.entries(made).map(([key, value]): [string, Value] => [
      key,
      kept(value, computed[key] ?? null, former[key], given[key]),
    ]);
    return Object.fromEntries(entries);
  }
  if (Array.isArray(made) && Array.isArray(computed) && Array.isArray(former)) {
    const given = Array.isArray(input) ? input : [];
    return made.map((value, index) => kept(value, computed[index] ?? null, former[index], given[index]));
  }
  return made;
}

/**
 * The aliases of a request. Older SDKs of Node.js leave the parent out where they mean none, and say that there is none
 * where they mean the resource's own.
 * Source: pulumi/pulumi `pkg/resource/deploy/source_eval.go`, `transformAliasForNodeJSCompat`.
 */
export function aliasesOf(request: RegisterResourceRequest): Alias[] {
  const urns = request.getAliasurnsList().map((urn) => new Alias().setUrn(urn));
  const specs = request.getAliasesList();
  if (!request.getAliasspecs()) {
    for (const spec of specs.flatMap((alias) => alias.getSpec() ?? [])) {
      if (spec.getParenturn() !== "") continue;
      if (spec.getNoparent()) spec.clearNoparent();
      else spec.setNoparent(true);
    }
  }
  return [...urns, ...specs];
}
