import { apiTable, type Constraints, SENT } from "../../../policies/api-table";
import { PATTERN_SAMPLES } from "../../../tools/generate/api-constraints/pattern-samples";
import { expressionOf } from "../../../tools/generate/api-constraints/patterns";
import type { JsonResource } from "../../../packages/rehearse/report/json";
import { isMap, UNKNOWN, type Value, type Values } from "../../../packages/rehearse/values";
import { changed, type Fault, type Path, written } from "./fault";

/** Every fault that the table describes in the properties that the resources set, one of each kind per property. */
export function drawsFromTable(resources: readonly JsonResource[], draw: () => number): Fault[] {
  return resources.flatMap((resource) => {
    const entry = apiTable().types[resource.type];
    return entry === undefined
      ? []
      : within(resource, resource.inputs, apiTable().constraints[entry[1]]!, [], draw);
  });
}

function within(
  resource: JsonResource,
  value: Value | undefined,
  constraints: Constraints,
  path: Path,
  draw: () => number,
): Fault[] {
  const { constraints: pool } = apiTable();
  const fault = (kind: Fault["kind"], to: Value | undefined, at: Path = path): Fault => ({
    from: "table",
    kind,
    resource,
    path: written(at),
    inputs: changed(resource.inputs, at, to) as Values,
    why: "the rule doesn't judge it",
  });
  if (value === undefined || value === null || value === UNKNOWN) return [];
  if (Array.isArray(value)) {
    const most = constraints.n?.[1];
    const tooMany = most && value.length > 0 ? Array.from({ length: most + 1 }, () => value[0]!) : undefined;
    const inner = constraints.i === undefined ? undefined : pool[constraints.i];
    return [
      ...(tooMany ? [fault("count", tooMany)] : []),
      ...value.flatMap((element, at) => (inner ? within(resource, element, inner, [...path, at], draw) : [])),
    ];
  }
  if (isMap(value)) {
    return Object.entries(constraints.f ?? {}).flatMap(([name, [at, , sent]]) => {
      const inner = [...path, name];
      const missing =
        sent === SENT.always && value[name] !== undefined ? [fault("required", undefined, inner)] : [];
      return [...missing, ...within(resource, value[name], pool[at]!, inner, draw)];
    });
  }
  if (typeof value === "boolean") return [];
  const { e, l, p, r } = constraints;
  const refused = Object.entries(PATTERN_SAMPLES)
    .filter(([pattern]) => p !== undefined && expressionOf(pattern) === apiTable().patterns[p])
    .flatMap(([, { refuses }]) => refuses.filter((sample) => sample !== ""));
  return [
    ...(l?.[1] ? [fault("length", "a".repeat(l[1] + 1))] : []),
    ...(typeof r?.[1] === "number" ? [fault("range", r[1] + 1)] : []),
    ...(e === undefined ? [] : [fault("word", "no-such-word")]),
    ...(refused.length === 0 ? [] : [fault("pattern", refused[Math.floor(draw() * refused.length)])]),
  ];
}
