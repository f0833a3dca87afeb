import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { containsUnknown, isMap, UNKNOWN, type Value, type Values } from "../values";

/**
 * Outputs that the provider computes again when it updates a resource, by type.
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
 * The outputs of an updated resource: computed values stay as they were.
 *
 * @param inputs - the new inputs, which are never computed
 * @param made - the outputs that a new resource would have
 * @param computed - the same, with computed values unknown
 * @param former - the old outputs
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

/** Increments a version. */
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
 * The aliases of a request. Older Node.js SDKs omit the parent to say that there is none, and say that there is none
 * to mean the resource's own parent.
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
