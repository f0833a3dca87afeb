import { read } from "./read";
import type { Reading } from "./read";
import { showOnlyFirst } from "./shown-stack";

/** A resource as a resource-level rule sees it: its inputs, before anything is created. */
export interface Subject {
  /** Exact type token, for example `aws:lb/listener:Listener`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Read it with `read` only: a bare access throws on unknown values. */
  readonly props: unknown;
}

/** A resource as a stack-level rule sees it: its outputs, and what it was made from. */
export interface StackSubject extends Subject {
  readonly parent?: StackSubject;
  /** The resources of this stack that it has to wait for, those of its properties included. */
  readonly dependencies?: readonly StackSubject[];
  /** The explicit or default provider that makes it. */
  readonly provider?: { readonly urn: string; readonly props: unknown };
  /** For each input property, the resources of this stack whose outputs went into it. */
  readonly propertyDependencies: Readonly<Record<string, readonly StackSubject[]>>;
}

/** What refers to other resources: one of them, or what stands for a part of one. */
export type Referrer = Pick<StackSubject, "props" | "propertyDependencies">;

/** Follows a reference from one resource to others; see {@link relatedBy}. */
export type Follow = (from: Referrer, property: string) => readonly StackSubject[];

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

  /** How to follow references to resources of the given types, by the properties that name them: nearly all, by ID or ARN. */
  to(types: readonly string[], keys: readonly string[] = ["arn", "id"]): Follow {
    const question = `${types.join()} ${keys.join()}`;
    const known = this.follows.get(question);
    if (known) return known;
    const follow = relatedBy(this.ofTypes(types), keys);
    this.follows.set(question, follow);
    return follow;
  }
}

/** The stacks that rules have been shown, by the properties of the first resource of each. */
const stacks = new WeakMap<object, Stack>();

/**
 * The index of a stack. Rules that are shown the very same resources share it, which they are where policies share what
 * the SDK unpacks (see `./unpack-once`): there, all but the first rule are shown the first resource only.
 */
export function indexed(resources: readonly StackSubject[]): Stack {
  const first = resources[0]?.props;
  if (typeof first !== "object" || first === null) return new Stack(resources);
  const known = stacks.get(first);
  if (known !== undefined) return known;
  const stack = new Stack(resources);
  stacks.set(first, stack);
  showOnlyFirst(resources);
  return stack;
}

/** By URN, what the program gave each resource of the run under way. */
const inputs = new Map<string, Pick<Subject, "type" | "props">>();
/** The same by type, then by URN. */
const inputsByType = new Map<string, Map<string, Pick<Subject, "type" | "props">>>();
let isOver = false;

/**
 * Keeps the inputs of a resource for the rules at stack level, which are shown its outputs only: in them, what the
 * provider filled in looks like the author's word.
 */
export function keepInputs({ urn, type, props }: Pick<Subject, "urn" | "type" | "props">): void {
  if (isOver) forget();
  isOver = false;
  if (inputs.get(urn)?.props === props) return;
  const kept = { type, props };
  inputs.set(urn, kept);
  const ofType = inputsByType.get(type) ?? new Map<string, typeof kept>();
  inputsByType.set(type, ofType.set(urn, kept));
}

function forget(): void {
  inputs.clear();
  inputsByType.clear();
}

/** The resources of some types that the run under way has shown so far, by their inputs. */
export function shownSoFar(types: readonly string[]): Pick<Subject, "type" | "props">[] {
  return types.flatMap((type) => [...(inputsByType.get(type)?.values() ?? [])]);
}

/**
 * Says that a stack is judged: inputs that come later are another run's, and so are those that were kept unless they
 * are of every resource of it.
 */
export function endOfRun(resources: readonly StackSubject[]): void {
  const areOfIt = (): boolean =>
    resources.every(({ type, urn }) => !type.startsWith("aws:") || inputs.has(urn));
  if (!isOver && !areOfIt()) forget();
  isOver = true;
}

/** The input properties that a resource was given, as far as anybody knows. */
export function givenProperties(resource: StackSubject): string[] {
  const own = inputs.get(resource.urn)?.props ?? resource.props;
  return typeof own === "object" && own !== null ? Object.keys(own) : [];
}

/**
 * Reads an input of a resource at stack level, as the program gave it. Of a resource whose inputs no rule has been
 * shown there are the outputs only. What the program left out, and the provider will fill in, is unknown there in a
 * preview; nothing of the stack went into it, and that tells it from an input that is not known yet.
 */
export function given(resource: StackSubject, property: string): Reading {
  const own = inputs.get(resource.urn);
  if (own !== undefined) return read(own.props, [property]);
  const reading = read(resource.props, [property]);
  const isFilledIn = reading.kind === "unknown" && !Object.hasOwn(resource.propertyDependencies, property);
  return isFilledIn ? { kind: "absent" } : reading;
}

/** Whether an input that is not known comes from the outputs of another stack. A rehearsal shows such references. */
export function isOfOtherStack({ propertyDependencies }: StackSubject, property: string): boolean {
  return (propertyDependencies[property] ?? []).some(({ type }) => type === "pulumi:pulumi:StackReference");
}

/**
 * A resource with one value within an input in that input's place, so that a reference in a list or block can be
 * followed by itself: when known it is what it says, else whatever went into the input.
 */
export function withOnly({ propertyDependencies }: Referrer, property: string, value: Reading): Referrer {
  return value.kind === "known"
    ? { props: { [property]: value.value }, propertyDependencies: {} }
    : { props: {}, propertyDependencies };
}

/**
 * Prepares to follow references from one resource of a stack to others, of the given types. The stack is indexed
 * once, so that following every reference of a large stack stays linear.
 *
 * @param resources the resources referred to
 * @param keys the properties by which they are referred to, for example `arn` and `id`
 * @returns a function from a resource and one of its properties to the resources it may refer to. When the
 *   reference is known, these are the resources that carry that very value. While it is unknown, they are all
 *   those whose outputs went into it, directly or by way of a component that contains them. None means that the
 *   resource referred to is not in this stack.
 */
function relatedBy(resources: readonly StackSubject[], keys: readonly string[]): Follow {
  const byValue = new Map<unknown, StackSubject[]>();
  const byAncestor = new Map<string, StackSubject[]>();
  for (const resource of resources) {
    for (const key of keys) {
      const value = read(resource.props, [key]);
      // It may bear the same name twice.
      if (value.kind === "known" && byValue.get(value.value)?.at(-1) !== resource)
        append(byValue, value.value, resource);
    }
    for (let at: StackSubject | undefined = resource; at; at = at.parent)
      append(byAncestor, at.urn, resource);
  }
  return (from, property) => {
    const reference = read(from.props, [property]);
    const named = reference.kind === "known" ? byValue.get(reference.value) : undefined;
    if (named) return named;
    const [first, ...others] = from.propertyDependencies[property] ?? [];
    if (first === undefined) return [];
    const within = ({ urn }: StackSubject): readonly StackSubject[] => byAncestor.get(urn) ?? [];
    return others.length === 0 ? within(first) : [...new Set([first, ...others].flatMap(within))];
  };
}

function append<K>(index: Map<K, StackSubject[]>, key: K, resource: StackSubject): void {
  const bucket = index.get(key);
  if (bucket) bucket.push(resource);
  else index.set(key, [resource]);
}
