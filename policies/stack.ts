import { read } from "./read";
import type { Reading } from "./read";
import { showOnlyFirst } from "./shown-stack";

/** A resource as a resource-level rule sees it: its inputs, before anything is created. */
export interface Subject {
  /** Exact type token, for example `aws:lb/listener:Listener`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Read it with `read` only: direct access throws on unknown values. */
  readonly props: unknown;
  /** Its options; undefined where they aren't known. */
  readonly opts?: { readonly ignoreChanges?: readonly string[] };
}

/**
 * Whether a replacement of a resource may have other inputs than those that its resource rules see. Where a program
 * ignores changes, Pulumi shows them the former values, but creates a replacement with the program's.
 *
 * Source: pulumi/pulumi `pkg/resource/deploy/step_generator.go`, `generateStepsFromDiff`.
 */
export function mayDiffer({ opts }: Pick<Subject, "opts">): boolean {
  return (opts?.ignoreChanges ?? []).length > 0;
}

/** A resource as a stack-level rule sees it: its outputs, and the resources it depends on. */
export interface StackSubject extends Subject {
  readonly parent?: StackSubject;
  /** The resources of this stack that it depends on, including those in its properties. */
  readonly dependencies?: readonly StackSubject[];
  /** The explicit or default provider that creates it. */
  readonly provider?: { readonly urn: string; readonly props: unknown };
  /** For each input property, the resources of this stack whose outputs it uses. */
  readonly propertyDependencies: Readonly<Record<string, readonly StackSubject[]>>;
}

/** A resource, or a part of one, that refers to other resources. */
export type Referrer = Pick<StackSubject, "props" | "propertyDependencies">;

/** Follows a reference from one resource to others; see {@link relatedBy}. */
export type Follow = (from: Referrer, property: string) => readonly StackSubject[];

/** The indexed resources of a stack. Each index is built once and shared by all rules. */
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

  /**
   * Follows references to resources of the given types, by the properties that identify them: usually the ID or ARN.
   */
  to(types: readonly string[], keys: readonly string[] = ["arn", "id"]): Follow {
    const question = `${types.join()} ${keys.join()}`;
    const known = this.follows.get(question);
    if (known) return known;
    const follow = relatedBy(this.ofTypes(types), keys);
    this.follows.set(question, follow);
    return follow;
  }
}

/** The stacks that rules have seen, by the properties of the first resource of each. */
const stacks = new WeakMap<object, Stack>();

/**
 * The index of a stack. Rules that receive the same resource objects share it, which is the case where policies share
 * what the SDK unpacks (see `./unpack-once`): there, every rule but the first receives the first resource only.
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

/** By URN, the inputs of each resource of the current run. */
const inputs = new Map<string, Pick<Subject, "type" | "props">>();
/** The same by type, then by URN. */
const inputsByType = new Map<string, Map<string, Pick<Subject, "type" | "props">>>();
let isOver = false;

/**
 * Keeps the inputs of a resource for the rules at stack level. These rules receive its outputs only, which do not show
 * whether the program or the provider set a value.
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

/** The resources of some types that the current run has shown so far, with their inputs. */
export function shownSoFar(types: readonly string[]): Pick<Subject, "type" | "props">[] {
  return types.flatMap((type) => [...(inputsByType.get(type)?.values() ?? [])]);
}

/**
 * Marks the end of a run. Inputs that come later belong to the next run. The kept inputs belong to this run only if
 * they cover every AWS resource of the stack; otherwise they are dropped.
 */
export function endOfRun(resources: readonly StackSubject[]): void {
  const areOfIt = (): boolean =>
    resources.every(({ type, urn }) => !type.startsWith("aws:") || inputs.has(urn));
  if (!isOver && !areOfIt()) forget();
  isOver = true;
}

/** The input properties that the program gave a resource, or its output properties if its inputs are not kept. */
export function givenProperties(resource: StackSubject): string[] {
  const own = inputs.get(resource.urn)?.props ?? resource.props;
  return typeof own === "object" && own !== null ? Object.keys(own) : [];
}

/**
 * Reads an input of a resource at stack level, as the program gave it. For a resource whose inputs no rule has seen, it
 * reads the outputs. In a preview, an output is unknown if the provider will fill it in, or if the input is not known
 * yet; only in the second case does the property depend on resources of the stack.
 */
export function given(resource: StackSubject, property: string): Reading {
  const own = inputs.get(resource.urn);
  return own === undefined ? created(resource, property) : read(own.props, [property]);
}

/** Reads the output of a resource that an input became; absent if the provider fills it in. */
export function created(resource: StackSubject, property: string): Reading {
  const reading = read(resource.props, [property]);
  const isFilledIn = reading.kind === "unknown" && !Object.hasOwn(resource.propertyDependencies, property);
  return isFilledIn ? { kind: "absent" } : reading;
}

/** Whether an unknown input comes from the outputs of another stack. A rehearsal shows such references. */
export function isOfOtherStack({ propertyDependencies }: StackSubject, property: string): boolean {
  return (propertyDependencies[property] ?? []).some(({ type }) => type === "pulumi:pulumi:StackReference");
}

/**
 * A resource whose input is replaced by one value within that input, so that each reference in a list or block can be
 * followed separately. A known value is used as it is; an unknown one has the dependencies of the whole input.
 */
export function withOnly({ propertyDependencies }: Referrer, property: string, value: Reading): Referrer {
  return value.kind === "known"
    ? { props: { [property]: value.value }, propertyDependencies: {} }
    : { props: {}, propertyDependencies };
}

/**
 * Prepares to follow references to the given resources. They are indexed once, so that following every reference of a
 * large stack takes linear time.
 *
 * @param resources the resources referred to
 * @param keys the properties by which they are referred to, for example `arn` and `id`
 * @returns a function from a resource and one of its properties to the resources it may refer to. When the
 *   reference is known, these are the resources with exactly that value. While it is unknown, they are all those
 *   whose outputs it uses, directly or through a component that contains them. None means that the resource
 *   referred to is not in this stack.
 */
function relatedBy(resources: readonly StackSubject[], keys: readonly string[]): Follow {
  const byValue = new Map<unknown, StackSubject[]>();
  const byAncestor = new Map<string, StackSubject[]>();
  for (const resource of resources) {
    for (const key of keys) {
      const value = read(resource.props, [key]);
      // Two of its keys may have the same value.
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
