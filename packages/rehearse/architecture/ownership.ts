import { type Graph, shortType } from "../cost/graph";
import type { Resource } from "../engine/resource";
import { kindOf } from "./kinds";

/** For whom a resource stands, or who stands for it. */
export class Ownership {
  private readonly byUrn: ReadonlyMap<string, Resource>;
  private readonly referrers = new Map<string, Resource[]>();
  private readonly owners = new Map<string, Resource | undefined>();

  constructor(private readonly graph: Graph) {
    this.byUrn = new Map(graph.resources.map((resource) => [resource.urn, resource]));
    for (const resource of graph.resources)
      for (const urn of referencesOf(resource)) {
        const former = this.referrers.get(urn);
        if (former === undefined) this.referrers.set(urn, [resource]);
        else former.push(resource);
      }
  }

  /** The resource that is drawn for this one, often itself; undefined for what isn't AWS's. */
  ownerOf(resource: Resource): Resource | undefined {
    const known = this.owners.get(resource.urn);
    if (known !== undefined) return known;
    const owner = this.find(resource, new Set());
    this.owners.set(resource.urn, owner);
    return owner;
  }

  /** @param seen - those that were asked on the way here: each is asked once, however many ways lead to it */
  private find(resource: Resource, seen: Set<string>): Resource | undefined {
    const kind = kindOf(resource);
    if (kind === undefined || seen.has(resource.urn)) return undefined;
    if (kind.role === "box" || kind.role === "many" || kind.role === "frame") return resource;
    const isAsked = seen.size === 0;
    seen.add(resource.urn);
    for (const next of kind.role === "used" ? this.users(resource) : this.subjects(resource)) {
      const owner = this.find(next, seen);
      if (owner !== undefined) return owner;
    }
    // What nothing uses, and what is about nothing that is drawn, is drawn for itself.
    return isAsked || kind.role === "used" ? resource : undefined;
  }

  /** Who might stand for what it names in its settings: those of its own service first. */
  private users(resource: Resource): Resource[] {
    const users = (this.referrers.get(resource.urn) ?? []).filter((user) => !isAbout(user, resource));
    return byService(resource, users);
  }

  /** What a setting might be about: what its own service has first. */
  private subjects(resource: Resource): Resource[] {
    const subjects = referencesOf(resource).flatMap((urn) => this.byUrn.get(urn) ?? []);
    return byService(resource, subjects);
  }
}

/** URNs of what a resource's properties come from, once each: those that say what it belongs to first. */
export function referencesOf({ propertyDependencies, urn }: Resource): string[] {
  // A component's VPC comes with all of its subnets.
  const isVpc = (other: string): boolean => (other.split("::")[2] ?? "").endsWith("Vpc");
  const properties = Object.entries(propertyDependencies).map(
    ([property, urns]): [string, readonly string[]] =>
      property === "vpcId" && urns.some(isVpc) ? [property, urns.filter(isVpc)] : [property, urns],
  );
  const first = properties.filter(([property]) => !OTHER_SIDE.test(property));
  const last = properties.filter(([property]) => OTHER_SIDE.test(property));
  return [...new Set([...first, ...last].flatMap(([, urns]) => urns))].filter((other) => other !== urn);
}

/** Properties that name what a setting leads to or comes from, not what it is a setting of. */
const OTHER_SIDE =
  /^(referenced|source|target|destination|dead|policy|kms|role|.*Actions$|actions|conditions|aliases|endpoint$|security_groups|securityGroups$)/;

/** Whether a resource is a setting of the other one, and so no user of it. */
function isAbout(user: Resource, { type }: Resource): boolean {
  const isPart = kindOf(user)?.role === "part" && moduleOf(user.type) === moduleOf(type);
  return isPart && BRIDGES[shortType(type) ?? ""]?.test(shortType(user.type) ?? "") !== true;
}

/** Settings of the same service by which others use a resource. */
const BRIDGES: Readonly<Record<string, RegExp>> = {
  "ec2/eip": /^ec2\/eipAssociation$/,
  "ec2/networkInterface": /^ec2\/networkInterfaceAttachment$/,
  "ecs/cluster": /^ecs\/clusterCapacityProviders$/,
  "iam/policy": /^iam\/\w*(PolicyAttachment|PolicyAttachmentsExclusive)$/i,
  "lb/targetGroup": /^lb\/listener(Rule)?$/,
};

function byService({ type }: Resource, others: readonly Resource[]): Resource[] {
  const service = moduleOf(type);
  const rank = (other: Resource): number => (moduleOf(other.type) === service ? 0 : 1);
  return [...others].sort((a, b) => rank(a) - rank(b));
}

function moduleOf(type: string): string {
  const [module = ""] = (shortType(type) ?? type).split("/");
  // Rules of security groups, and addresses, have a module of their own.
  return module === "vpc" ? "ec2" : module;
}
