/** Finds what a change replaces, by CloudFormation, for Pulumi's types and properties. */
import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { Resource } from "@aws-cdk/service-spec-types";

import type { ResourceType } from "../api-constraints/sdk";
import { PROPERTIES, SERVICES, TYPES } from "./mappings";

/** The effect of a change in CloudFormation: a replacement, a replacement under some conditions, or none. */
export type Update = "yes" | "maybe" | "no";

/** CloudFormation's resources, found by Pulumi's names. */
export class CloudFormation {
  private readonly resources: ReadonlyMap<string, readonly Resource[]>;
  private readonly byType: ReadonlyMap<string, Resource>;

  /** Loads the specification, which takes a second or two. */
  constructor() {
    const all = loadAwsServiceSpecSync().all("resource");
    const byService = new Map<string, Resource[]>();
    for (const resource of all) {
      const service = (resource.cloudFormationType.split("::")[1] ?? "").toLowerCase();
      byService.set(service, [...(byService.get(service) ?? []), resource]);
    }
    this.resources = byService;
    this.byType = new Map(all.map((resource) => [resource.cloudFormationType, resource]));
  }

  /** The resource of a type, by the mapping or by its name in the same service; undefined if there is none. */
  find({ module, name, tokens }: ResourceType): Resource | undefined {
    const own = tokens.flatMap((token) => TYPES[token] ?? [])[0];
    if (own !== undefined) {
      const found = this.byType.get(own);
      if (found === undefined) throw new Error(`CloudFormation has no ${own}: correct mappings.ts`);
      return found;
    }
    const services = (SERVICES[module] ?? [module]).map((service) => service.toLowerCase());
    const there = services.flatMap((service) => this.resources.get(service) ?? []);
    for (const wanted of [name, `DB${name}`]) {
      const found = there.filter((one) => lastOf(one).toLowerCase() === wanted.toLowerCase());
      if (found.length === 1) return found[0];
    }
    return undefined;
  }

  /** The effect of changing a property; undefined where CloudFormation has no property of that name. */
  updateOf(resource: Resource, tokens: readonly string[], property: string): Update | undefined {
    const mapped = tokens.flatMap((token) => PROPERTIES[token]?.[property] ?? [])[0];
    const last = lastOf(resource);
    const candidates =
      mapped !== undefined
        ? [mapped]
        : [
            property,
            ...(property === "name" ? [`${last}Name`, `${last.replace(/^DB/, "")}Name`] : []),
            `${property}s`,
            property.replace(/s$/, ""),
            `${last}${property}`,
          ];
    for (const candidate of candidates) {
      const found = Object.entries(resource.properties).find(
        ([name]) => name.toLowerCase() === candidate.toLowerCase(),
      );
      if (found !== undefined) return found[1].causesReplacement ?? "no";
    }
    return undefined;
  }
}

const lastOf = ({ cloudFormationType }: Resource): string => cloudFormationType.split("::")[2] ?? "";
