import { modernType } from "../cloud/types";
import { messageOf } from "../errors";
import { UNKNOWN, type Values } from "../values";
import type { DeploymentOptions } from "./contracts";
import { forProvider, unwrapOutputs } from "./marshal";
import { isPending } from "./pending";
import type { ProviderSide } from "./provider-side";
import type { Resource } from "./resource";

/** The part of a deployment that functions see. */
export interface Seen {
  readonly options: Pick<DeploymentOptions, "cloud">;
  readonly resources: ReadonlyMap<string, Resource>;
  /** Records functions that the cloud can't answer. */
  readonly unanswered: { note(error: unknown): void };
  /** Components whose children the rehearsal doesn't know. */
  readonly boxes: { readonly urns: ReadonlySet<string>; child(urn: string): Resource | undefined };
}

/** Answers provider functions, and the engine's own functions. */
export class Functions {
  constructor(
    private readonly seen: Seen,
    private readonly providers: ProviderSide,
  ) {}

  /**
   * Answers a function.
   *
   * @param reference - the provider, as `URN::ID`
   * @param dependsOn - URNs of resources that must exist first
   * @returns undefined if an argument isn't known yet, or a dependency isn't created yet
   * @throws Error if the provider refuses it
   */
  answer(token: string, args: Values, reference: string, dependsOn: readonly string[]): Values | undefined {
    const { resources, boxes, options } = this.seen;
    if (isPending(dependsOn, resources, boxes.urns, this.providers.mode)) return undefined;
    if (token === "pulumi:pulumi:getResource") return this.getResource(args);
    const plain = forProvider(unwrapOutputs(args));
    if (JSON.stringify(plain).includes(UNKNOWN)) return undefined;
    try {
      const made = (type: string, is: Values): Values | undefined => this.made(type, is);
      return options.cloud.invoke(token, plain, { ...this.providers.contextOf(reference), made });
    } catch (error) {
      this.seen.unanswered.note(error);
      throw new Error(`invocation of ${token} returned an error: ${messageOf(error)}`, { cause: error });
    }
  }

  /** The outputs of a resource of this run that a function looks up; in a preview none exists yet. */
  private made(type: string, is: Values): Values | undefined {
    const wanted = Object.entries(is);
    if (this.providers.mode !== "up" || wanted.length === 0) return undefined;
    for (const resource of this.seen.resources.values()) {
      if (resource.external || modernType(resource.type) !== modernType(type)) continue;
      const outputs = forProvider(unwrapOutputs(resource.outputs));
      if (wanted.every(([key, value]) => (key === "id" ? resource.id : outputs[key]) === value))
        return outputs;
    }
    return undefined;
  }

  private getResource(args: Values): Values {
    const urn = typeof args["urn"] === "string" ? args["urn"] : "";
    const resource = this.seen.resources.get(urn) ?? this.seen.boxes.child(urn);
    if (!resource) throw new Error(`unknown resource ${urn}`);
    return {
      urn,
      id: resource.id === UNKNOWN ? "" : resource.id,
      provider: resource.provider,
      state: resource.outputs,
    };
  }
}
