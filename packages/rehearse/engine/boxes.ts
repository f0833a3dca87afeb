import type { CloudContext, Created } from "../cloud/types";
import { isMap, resourceReference, type Values } from "../values";
import type { DeploymentOptions } from "./contracts";
import { newResource, type Resource } from "./resource";
import { isProviderType, makeUrn, uuidOf } from "./urn";

/** Remote components that the rehearsal can't expand: each stays one box, with the outputs that its SDK declares. */
export class Boxes {
  /** The URNs of the components. */
  readonly urns = new Set<string>();
  /** Made-up children by URN, which the components' outputs refer to and nobody registered. */
  private readonly children = new Map<string, Resource>();

  constructor(private readonly options: Pick<DeploymentOptions, "stack" | "project" | "cloud">) {}

  /** Records a component as one box, and makes up its outputs. */
  add(component: Resource, context: CloudContext): Values {
    const { stack, project, cloud } = this.options;
    this.urns.add(component.urn);
    return cloud.outputsOf(component.type, component.urn, context, (type, suffix) => {
      const name = `${component.name}-${suffix}`;
      const urn = makeUrn(stack, project, component.urn, type, name);
      const made = isProviderType(type)
        ? { id: uuidOf(urn), outputs: {} }
        : this.existing(type, name, urn, context);
      const parent = component.urn;
      this.children.set(urn, newResource({ ...made, urn, type, name, parent, custom: true, inputs: {} }));
      return resourceReference(urn, made.id);
    });
  }

  /**
   * Answers a component's method.
   *
   * @param args - with the component as `__self__`
   * @throws Error if the SDK doesn't declare the result
   */
  call(token: string, args: Values, context: CloudContext): Values {
    const self = args["__self__"];
    const urn = isMap(self) && typeof self["urn"] === "string" ? self["urn"] : "";
    return this.options.cloud.methodResult(token, urn, context);
  }

  /** A resource that its provider is assumed to have created, and of which nothing else is known. */
  private existing(type: string, name: string, urn: string, context: CloudContext): Created {
    const { cloud } = this.options;
    const { id } = cloud.create(type, name, urn, {}, context);
    return { id, outputs: cloud.read(type, name, urn, id, {}, context).outputs };
  }

  /** The made-up child with a URN; undefined if there is none. */
  child(urn: string): Resource | undefined {
    return this.children.get(urn);
  }
}
