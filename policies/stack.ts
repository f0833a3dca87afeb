import { read } from "./read";
import type { Reading } from "./read";
import { relatedBy } from "./related";
import type { StackSubject } from "./rule";

/** Follows a reference from one resource to others; see {@link relatedBy}. */
export type Follow = (from: StackSubject, property: string) => StackSubject[];

/** The resources of a stack, indexed: each question is answered once, however many rules ask it. */
export class Stack {
  private readonly byType = new Map<string, StackSubject[]>();
  private readonly follows = new Map<string, Follow>();

  constructor(readonly resources: readonly StackSubject[]) {
    for (const resource of resources) {
      const bucket = this.byType.get(resource.type);
      if (bucket) bucket.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  /** All resources of the given types. */
  ofTypes(types: readonly string[]): StackSubject[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** How to follow references to resources of the given types, by the properties that name them. */
  to(types: readonly string[], keys: readonly string[]): Follow {
    const question = JSON.stringify([types, keys]);
    const known = this.follows.get(question);
    if (known) return known;
    const follow = relatedBy(this.ofTypes(types), types, keys);
    this.follows.set(question, follow);
    return follow;
  }
}

/**
 * Reads an input of a resource at stack level, where a preview shows outputs: what the program left out, and the
 * provider will fill in, is unknown there too. Nothing of the stack went into it, and that tells it from an input
 * that is not known yet.
 */
export function given(resource: StackSubject, property: string): Reading {
  const reading = read(resource.props, [property]);
  const isFilledIn = reading.kind === "unknown" && !Object.hasOwn(resource.propertyDependencies, property);
  return isFilledIn ? { kind: "absent" } : reading;
}

/**
 * A resource with one value within an input in that input's place, so that a reference in a list or block can be
 * followed by itself: when known it is what it says, else whatever went into the input.
 */
export function withOnly(resource: StackSubject, property: string, value: Reading): StackSubject {
  return value.kind === "known"
    ? { ...resource, props: { [property]: value.value }, propertyDependencies: {} }
    : { ...resource, props: {} };
}
