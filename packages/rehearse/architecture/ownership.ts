import { type Graph, shortType } from "../cost/graph";
import type { Resource } from "../engine/resource";
import { kindOf } from "./kinds";

/** Which resource represents another one in the drawing. */
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

  /** The resource that is drawn for this one, often itself; undefined if it isn't AWS's. */
  ownerOf(resource: Resource): Resource | undefined {
    const known = this.owners.get(resource.urn);
    if (known !== undefined) return known;
    const owner = this.find(resource, new Set());
    this.owners.set(resource.urn, owner);
    return owner;
  }

  /** @param seen - the resources visited on the way: each is visited once, whatever the number of paths to it */
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
    // A resource without a user, or that configures nothing that is drawn, is drawn itself.
    return isAsked || kind.role === "used" ? resource : undefined;
  }

  /** Resources that refer to this one and may represent it: those of its own service first. */
  private users(resource: Resource): Resource[] {
    const users = (this.referrers.get(resource.urn) ?? []).filter((user) => !isAbout(user, resource));
    return byService(resource, users);
  }

  /** Resources that this one may configure: those of its own service first. */
  private subjects(resource: Resource): Resource[] {
    const subjects = referencesOf(resource).flatMap((urn) => this.byUrn.get(urn) ?? []);
    return byService(resource, subjects);
  }
}

/** URNs of the resources that the properties depend on, without duplicates: owners come first. */
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

/** Properties that refer to the source or the target of a setting, not to the resource that it configures. */
const OTHER_SIDE =
  /^(referenced|source|target|destination|dead|policy|kms|role|.*Actions$|actions|conditions|aliases|endpoint$|security_groups|securityGroups$)/;

/** Whether a resource configures the other one, and so doesn't use it. */
function isAbout(user: Resource, { type }: Resource): boolean {
  const isPart = kindOf(user)?.role === "part" && moduleOf(user.type) === moduleOf(type);
  return isPart && BRIDGES[shortType(type) ?? ""]?.test(shortType(user.type) ?? "") !== true;
}

/** Resource types of the same service through which others use a resource. */
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
  // Security group rules and addresses have a module of their own.
  return module === "vpc" ? "ec2" : module;
}
