import { modernType } from "../../packages/rehearse/cloud/types";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { keyOf } from "./keys";
import { Likeness } from "./likeness";
import { type Graph, graphOf, type Referrer } from "./references";

/** A resource of the program that may be one of several in the state, or that competes with others for one. */
export interface Ambiguity {
  /** The program's resource. */
  readonly resource: Resource;
  /** The equally likely resources in the state. */
  readonly candidates: readonly Resource[];
}

/** The matches between a program's resources and those of a state. */
export interface Matches {
  /** By the program's URN. */
  readonly pairs: ReadonlyMap<string, Resource>;
  readonly ambiguous: readonly Ambiguity[];
  /** The real values of made-up strings, from the state. */
  readonly truths: ReadonlyMap<string, string>;
}

/** The input of the matching. */
export interface ToMatch {
  /** The program's resources, as they look when deployed; dependencies come first. */
  readonly program: readonly Resource[];
  /** The state's resources, in its order. */
  readonly state: readonly Resource[];
  /** Strings of the program that were made up in place of AWS's answers. @default none */
  readonly madeUp?: Iterable<string>;
  /**
   * By the program's URN: the matching resource in the state, as given by the user; undefined for none. @default none
   * given
   */
  readonly said?: ReadonlyMap<string, string | undefined>;
}

/**
 * The levels of similarity, from 0 to 1, in the order they are tried: the most similar pairs help to match the
 * others.
 */
const LEVELS = [0.95, 0.8, 0.65, 0.5];

/** A smaller difference in similarity doesn't count. */
const CLOSE = 0.001;

/** The weight of tags, compared with 1 for any other input: people change tags most often. */
const WEIGHT_OF_TAGS = 0.5;

/**
 * Matches a program's resources with those of a state by what they are in AWS: first by AWS's own identity of a
 * resource, such as the port of a listener or the range of a subnet, then by similar inputs and by the resources that
 * refer to them. If two candidates are equally likely, it takes neither.
 */
export function match({ program, state, madeUp = [], said = new Map() }: ToMatch): Matches {
  return new Matcher(graphOf(program), graphOf(state), [...madeUp], said).match();
}

class Matcher {
  private readonly pairs = new Map<string, Resource>();
  /** The reverse of the pairs, as URNs. */
  private readonly taken = new Map<string, string>();
  private readonly likeness: Likeness;
  /** The similarity of inputs without references. */
  private readonly known = new Map<string, number | undefined>();

  constructor(
    private readonly program: Graph,
    private readonly state: Graph,
    private readonly madeUp: readonly string[],
    private readonly said: ReadonlyMap<string, string | undefined>,
  ) {
    this.likeness = new Likeness({ madeUp, sameResource: (one, other) => this.sameResource(one, other) });
  }

  match(): Matches {
    for (const [urn, other] of this.said) {
      const resource = other === undefined ? undefined : this.state.resources.get(other);
      if (resource !== undefined) this.pair(urn, resource);
    }
    while (this.pairCertain() || LEVELS.some((level) => this.pairBest(level)));
    return { pairs: this.pairs, ambiguous: this.ambiguous(), truths: this.truths() };
  }

  private pair(urn: string, resource: Resource): void {
    this.pairs.set(urn, resource);
    this.taken.set(resource.urn, urn);
  }

  /** 1 for a pair; 0 for resources of different types or with other partners; one half if neither is matched yet. */
  private sameResource(one: string, other: string): number {
    const pair = this.pairs.get(one);
    if (pair !== undefined || this.taken.has(other)) return pair?.urn === other ? 1 : 0;
    const types = [this.program.resources.get(one), this.state.resources.get(other)].map(
      (resource) => resource && modernType(resource.type),
    );
    return types[0] === types[1] && !this.said.has(one) ? 0.5 : 0;
  }

  /** Pairs resources of which AWS can have only one, by their identity. */
  private pairCertain(): boolean {
    return this.pairUnique((one, other) => (this.likenessOfKeys(one, other) === "same" ? 1 : undefined), 1);
  }

  private pairBest(level: number): boolean {
    return this.pairUnique((one, other) => this.likenessOf(one, other), level);
  }

  /** Pairs resources that are each other's best match, without an equally good one. */
  private pairUnique(rate: (one: Resource, other: Resource) => number | undefined, least: number): boolean {
    const found: [string, Resource][] = [];
    for (const [mine, theirs] of this.open()) {
      const rates = mine.map((one) => theirs.map((other) => rate(one, other) ?? -1));
      for (const [row, one] of mine.entries()) {
        const best = bestOf(rates[row] ?? []);
        const other = best === undefined ? undefined : theirs[best];
        if (best === undefined || other === undefined || (rates[row]?.[best] ?? -1) < least) continue;
        if (bestOf(rates.map((of) => of[best] ?? -1)) === row) found.push([one.urn, other]);
      }
    }
    for (const [urn, resource] of found) this.pair(urn, resource);
    return found.length > 0;
  }

  /** By type, the resources without a pair: the program's and the state's. */
  private open(): [Resource[], Resource[]][] {
    const byType = new Map<string, [Resource[], Resource[]]>();
    const add = (resource: Resource, side: 0 | 1): void => {
      const type = modernType(resource.type);
      const lists = byType.get(type) ?? [[], []];
      byType.set(type, lists);
      lists[side].push(resource);
    };
    for (const one of this.program.resources.values())
      if (!this.pairs.has(one.urn) && !this.said.has(one.urn)) add(one, 0);
    for (const one of this.state.resources.values()) if (!this.taken.has(one.urn)) add(one, 1);
    return [...byType.values()].filter(([mine, theirs]) => mine.length > 0 && theirs.length > 0);
  }

  /** Whether AWS identifies both as the same resource. */
  private likenessOfKeys(one: Resource, other: Resource): "same" | "other" | "open" {
    const key = keyOf(modernType(one.type));
    if (key === undefined) return "open";
    let isCertain = true;
    for (const { property, isName } of [...key, { property: "region", isName: false }]) {
      const like = this.likenessIn(property, one, other);
      if (like === 1) continue;
      if (like === 0 && !isName) return "other";
      isCertain = false;
    }
    return isCertain ? "same" : "open";
  }

  /** How similar two resources are, from 0 to 1; undefined if they can't be the same. */
  private likenessOf(one: Resource, other: Resource): number | undefined {
    if (this.likenessOfKeys(one, other) === "other") return undefined;
    const [mine, theirs] = [this.program.inputs.get(one.urn) ?? {}, this.state.inputs.get(other.urn) ?? {}];
    // Names that Pulumi generated carry no information.
    const ignored = new Set([...one.defaults, "tagsAll", "region", "__defaults"]);
    let [sum, weights] = [0, 0];
    const count = (like: number | undefined, weight: number): void => {
      if (like === undefined) return;
      sum += like * weight;
      weights += weight;
    };
    for (const property of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      if (ignored.has(property) || (mine[property] === undefined && other.defaults.includes(property)))
        continue;
      count(this.likenessIn(property, one, other), property === "tags" ? WEIGHT_OF_TAGS : 1);
    }
    for (const same of this.relations(one, other)) count(same ? 1 : 0, 1);
    // Two resources without any inputs to compare are as similar as any.
    return weights === 0 ? LEVELS.at(-1) : sum / weights;
  }

  /**
   * For each matched resource that refers to one of the two: whether its partner refers to the other one in the same
   * property and place.
   */
  private relations(one: Resource, other: Resource): boolean[] {
    const mine = this.program.referrers.get(one.urn) ?? [];
    const theirs = this.state.referrers.get(other.urn) ?? [];
    const compare = (
      referrers: readonly Referrer[],
      others: readonly Referrer[],
      pairOf: (urn: string) => string | undefined,
    ): boolean[] =>
      referrers.flatMap(({ urn, property, path }) => {
        const pair = pairOf(urn);
        if (pair === undefined) return [];
        const same = others.filter((referrer) => referrer.urn === pair && referrer.property === property);
        return [same.length > 0, same.some((referrer) => referrer.path === path)];
      });
    return [
      ...compare(mine, theirs, (urn) => this.pairs.get(urn)?.urn),
      ...compare(theirs, mine, (urn) => this.taken.get(urn)),
    ];
  }

  /** How similar two resources are in an input. If neither refers to anything, the result is final. */
  private likenessIn(property: string, one: Resource, other: Resource): number | undefined {
    const key = `${property} ${one.urn} ${other.urn}`;
    if (this.known.has(key)) return this.known.get(key);
    const [mine, theirs] = [this.program.inputs.get(one.urn), this.state.inputs.get(other.urn)];
    const like = this.likeness.of(mine?.[property], theirs?.[property]);
    const refers =
      this.program.relations.has(`${one.urn} ${property}`) ||
      this.state.relations.has(`${other.urn} ${property}`);
    if (!refers) this.known.set(key, like);
    return like;
  }

  private ambiguous(): Ambiguity[] {
    const least = LEVELS.at(-1) ?? 0;
    return this.open().flatMap(([mine, theirs]) =>
      mine.flatMap((resource): Ambiguity[] => {
        const rated = theirs.map((other) => ({ other, like: this.likenessOf(resource, other) ?? -1 }));
        const best = Math.max(...rated.map(({ like }) => like));
        if (best < least) return [];
        const candidates = rated.filter(({ like }) => best - like < CLOSE).map(({ other }) => other);
        return [{ resource, candidates }];
      }),
    );
  }

  /** The real values on which all pairs agree. */
  private truths(): ReadonlyMap<string, string> {
    const heard = new Map<string, Set<string>>();
    const learning = new Likeness({
      madeUp: this.madeUp,
      sameResource: (one, other) => this.sameResource(one, other),
      learn: (madeUp, truth) => heard.set(madeUp, (heard.get(madeUp) ?? new Set()).add(truth)),
    });
    for (const [urn, { urn: other }] of this.pairs) {
      const [mine, theirs] = [this.program.inputs.get(urn) ?? {}, this.state.inputs.get(other) ?? {}];
      for (const [property, value] of Object.entries(mine)) learning.of(value, theirs[property]);
    }
    return new Map(
      [...heard].flatMap(([madeUp, truths]) => {
        const [truth = ""] = truths;
        return truths.size === 1 ? [[madeUp, truth] as const] : [];
      }),
    );
  }
}

/** The index of the greatest number, all of which are at least -1; undefined if there is none, or it isn't unique. */
function bestOf(numbers: readonly number[]): number | undefined {
  const best = Math.max(-1, ...numbers);
  const places = numbers.flatMap((number, place) => (best - number < CLOSE ? [place] : []));
  return best < 0 || places.length !== 1 ? undefined : places[0];
}
