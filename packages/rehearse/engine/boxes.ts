import type { CloudContext } from "../cloud/types";
import { resourceReference, type Values } from "../values";
import type { DeploymentOptions } from "./contracts";
import { newResource, type Resource } from "./resource";
import { isProviderType, makeUrn, uuidOf } from "./urn";

/** Remote components that the rehearsal can't take apart: each stays one box, with the outputs that its SDK declares. */
export class Boxes {
  /** The URNs of the components. */
  readonly urns = new Set<string>();
  /** Made-up children, which nobody registered, by URN: the components' outputs refer to them. */
  private readonly children = new Map<string, Resource>();

  constructor(private readonly deployment: { readonly options: DeploymentOptions }) {}

  /** Takes a component down as one box, and makes up what it gives out. */
  add(component: Resource, context: CloudContext): Values {
    const { stack, project, cloud } = this.deployment.options;
    this.urns.add(component.urn);
    return cloud.outputsOf(component.type, component.urn, context, (type, suffix) => {
      const name = `${component.name}-${suffix}`;
      const urn = makeUrn(stack, project, component.urn, type, name);
      const made = isProviderType(type)
        ? { id: uuidOf(urn), outputs: {} }
        : cloud.create(type, name, urn, {}, context);
      const parent = component.urn;
      this.children.set(urn, newResource({ ...made, urn, type, name, parent, custom: true, inputs: {} }));
      return resourceReference(urn, made.id);
    });
  }

  /** A made-up child; undefined if there is none of that URN. */
  child(urn: string): Resource | undefined {
    return this.children.get(urn);
  }
}
