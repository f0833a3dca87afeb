import { isProviderOf } from "./providers";
import type { Registration, Resource, TransformFunction } from "./resource";
import { packageOf } from "./urn";

/** Providers by package, as `URN::ID`. */
export type Providers = ReadonlyMap<string, string>;

const NONE: Providers = new Map();

/** What resources inherit from their parents: options, providers, transforms. */
export class Inheritance {
  private readonly goals = new Map<
    string,
    { readonly parent: string; readonly provider: string; readonly transforms: readonly TransformFunction[] }
  >();
  private readonly componentProviders = new Map<string, Providers>();

  /** Remembers a registered resource for its children. */
  remember(
    urn: string,
    { parent, custom, transforms }: Registration,
    provider: string,
    providers: Providers,
  ): void {
    this.goals.set(urn, { parent, provider, transforms });
    if (!custom) this.componentProviders.set(urn, providers);
  }

  /** Fills in the options that a resource inherits from its parent. */
  apply({ type, remote, custom, options }: Registration, parent: Resource): void {
    if (options.getDeletedWith() === "") options.setDeletedWith(parent.deletedWith);
    if (!options.hasProtect() && parent.protect) options.setProtect(true);
    if (!options.hasRetainOnDelete() && parent.retainOnDelete) options.setRetainOnDelete(true);
    const provider = this.goals.get(parent.urn)?.provider ?? "";
    const fits = (!remote && !custom) || isProviderOf(provider, packageOf(type));
    if (options.getProvider() === "" && fits) options.setProvider(provider);
  }

  /** The transforms of all parents, nearest first. */
  transformsFrom(parent: string): TransformFunction[] {
    const chain: TransformFunction[] = [];
    for (let at = this.goals.get(parent); at; at = this.goals.get(at.parent)) chain.push(...at.transforms);
    return chain;
  }

  /** The providers that a component passes to its children. */
  providersFrom(parent: string): Providers {
    return this.componentProviders.get(parent) ?? NONE;
  }

  /** A resource's own providers; a component adds its parent's for other packages. */
  providersOf({ custom, parent }: Registration, own: Providers): Providers {
    return custom ? own : new Map([...this.providersFrom(parent), ...own]);
  }
}
