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
