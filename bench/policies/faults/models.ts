import type { Botocore, Model, Shape } from "../../../tools/generate/api-constraints/models";
import { keyOf, operationsFor } from "../../../tools/generate/api-constraints/operations";
import { PATTERN_SAMPLES } from "../../../tools/generate/api-constraints/pattern-samples";
import type { Kind, Property, Sdk } from "../../../tools/generate/api-constraints/sdk";
import { MAPPINGS } from "../../../tools/generate/api-constraints/types";
import type { JsonResource } from "../../../packages/rehearse/report/json";
import { isMap, type Value, type Values } from "../../../packages/rehearse/values";
import { changed, type Fault, type Path, written } from "./fault";

/**
 * Faults from the models alone. Members are found by the provider's convention, the member's name in camel case, and
 * not with the generator's method; a fault may also be in a property that is not set.
 */
export function drawsFromModels(
  resources: readonly JsonResource[],
  botocore: Botocore,
  sdk: Sdk,
  draw: () => number,
): Fault[] {
  const types = new Map(sdk.types.map((type) => [type.tokens[0], type]));
  return resources.flatMap((resource) => {
    const type = types.get(resource.type);
    const [operation] = type ? operationsFor(type, botocore) : [];
    if (type === undefined || operation === undefined) return [];
    const { input, model } = operation;
    const seed = new Seeder(resource, keyOf(type), model, sdk, draw);
    return seed.structure(type.properties, model.shapes[input.shape]!, resource.inputs, []);
  });
}

class Seeder {
  constructor(
    private readonly resource: JsonResource,
    private readonly type: string,
    private readonly model: Model,
    private readonly sdk: Sdk,
    private readonly draw: () => number,
  ) {}

  structure(properties: readonly Property[], shape: Shape, value: Values, path: Path): Fault[] {
    return Object.entries(shape.members ?? {}).flatMap(([member, { shape: name }]) => {
      const camel = member[0]!.toLowerCase() + member.slice(1);
      const property = properties.find((one) => one.name === camel);
      const inner = this.model.shapes[name]!;
      // A structure around properties that the provider takes without nesting.
      if (property === undefined)
        return inner.type === "structure" && path.length === 0
          ? this.structure(properties, inner, value, path)
          : [];
      return this.value(property.value, inner, value[camel], [...path, camel]);
    });
  }

  private value(kind: Kind, shape: Shape, value: Value | undefined, path: Path): Fault[] {
    if (kind.kind === "object" && shape.type === "structure" && isMap(value)) {
      return this.structure(this.sdk.interfaces.get(kind.fields) ?? [], shape, value, path);
    }
    if (kind.kind === "list" && shape.type === "list") {
      const list = Array.isArray(value) ? value : [];
      const first = list[0];
      const { max } = shape;
      return [
        ...(max && first !== undefined
          ? [
              this.fault(
                "count",
                path,
                Array.from({ length: max + 1 }, () => first),
              ),
            ]
          : []),
        ...(first === undefined
          ? []
          : this.value(kind.element, this.model.shapes[shape.member!.shape]!, first, [...path, 0])),
      ];
    }
    if (kind.kind !== "string" && kind.kind !== "number") return [];
    return this.scalar(kind.kind, shape, path);
  }

  private scalar(kind: "string" | "number", { enum: words, max, pattern, type }: Shape, path: Path): Fault[] {
    if (type === "integer" || type === "long")
      return max === undefined ? [] : [this.fault("range", path, max + 1)];
    if (type !== "string" || kind !== "string") return [];
    if (words) return [this.fault("word", path, "no-such-word")];
    const refused = (pattern === undefined ? [] : (PATTERN_SAMPLES[pattern]?.refuses ?? ["\u0000"])).filter(
      (sample) => sample !== "",
    );
    return [
      ...(max !== undefined && max < 20_000 ? [this.fault("length", path, "a".repeat(max + 1))] : []),
      ...(refused.length === 0
        ? []
        : [
            this.fault(
              "pattern",
              path,
              refused[Math.floor(this.draw() * refused.length)]!,
              PATTERN_SAMPLES[pattern!] ? undefined : "the pattern has no samples yet",
            ),
          ]),
    ];
  }

  private fault(kind: Fault["kind"], path: Path, to: Value, why?: string): Fault {
    const plain = written(path.filter((key) => typeof key === "string"));
    const inputs = changed(this.resource.inputs, path, to) as Values;
    const reason = why ?? MAPPINGS[this.type]?.except?.[plain] ?? "the generator has no such mapping";
    return { from: "models", kind, resource: this.resource, path: written(path), inputs, why: reason };
  }
}
