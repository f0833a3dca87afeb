import type { Value, Values } from "../../values";
import { isMap, isUnknown } from "../../values";
import { formatArn } from "../arn";
import { hex } from "../hash";
import { dnsSuffix, partitionOf } from "../regions";
import type { CloudContext } from "../types";

/** A resource before it gets its id and outputs: the input of a hand-written {@link Model}. */
export class Draft {
  /** The region the resource lives in: its own `region` argument, else its provider's. */
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** Suffix of the partition's host names. */
  readonly dnsSuffix: string;

  /**
   * @param name - The logical name, for types without a name of their own.
   * @param seed - Determines the made-up parts: the URN of a new resource, the id of one that is read.
   * @param inputs - Plain property values.
   */
  constructor(
    readonly type: string,
    readonly name: string,
    readonly seed: string,
    readonly inputs: Values,
    readonly context: CloudContext,
    /** True for a resource that is read: it was created earlier. */
    readonly existing = false,
  ) {
    this.region = this.text("region") ?? context.region;
    this.accountId = context.accountId;
    this.partition = this.region === context.region ? context.partition : partitionOf(this.region);
    this.dnsSuffix = dnsSuffix(this.partition);
  }

  /** A known, non-empty text input. */
  text(property: string): string | undefined {
    const value = this.inputs[property];
    return typeof value === "string" && value !== "" && !isUnknown(value) ? value : undefined;
  }

  /** A known list input; empty if there is none. */
  list(property: string): Value[] {
    const value = this.inputs[property];
    return Array.isArray(value) ? value : [];
  }

  /** A known object input, or the first of a list of them. */
  object(property: string): Values | undefined {
    const value = this.inputs[property];
    const first = Array.isArray(value) ? value[0] : value;
    return isMap(first) ? first : undefined;
  }

  /** True if the input is literally true. */
  flag(property: string): boolean {
    return this.inputs[property] === true;
  }

  /** The physical name: the `name` input, else `namePrefix` and a suffix, else the logical name. */
  get physicalName(): string {
    const prefix = this.text("namePrefix");
    return this.text("name") ?? (prefix === undefined ? this.name : prefix + hex(`${this.seed} name`, 26));
  }

  /** The seed of one made-up part, so that parts differ. */
  salted(part: string): string {
    return `${this.seed} ${part}`;
  }

  /** Hex digits for a made-up part. */
  hex(length: number, part: string): string {
    return hex(this.salted(part), length);
  }

  /** An ARN in the resource's region and account. */
  arn(service: string, resource: string): string {
    return formatArn({
      partition: this.partition,
      service,
      region: this.region,
      account: this.accountId,
      resource,
    });
  }

  /** An ARN of a service without regions, such as IAM; S3's has no account either. */
  globalArn(service: string, resource: string, account: string = this.accountId): string {
    return formatArn({ partition: this.partition, service, region: "", account, resource });
  }
}

/** The id and the outputs of a type's resources. */
export interface Model {
  /** The id of a new resource. @default the physical name, else a made-up one */
  readonly id?: (draft: Draft) => string;
  /**
   * Outputs by property, computed from the id and the inputs so that a resource read by its id has the same ones.
   * They take precedence over the inputs and {@link fill}; properties that the SDK doesn't declare are dropped. Null
   * stands for what AWS leaves out although the SDK declares it as always set.
   */
  readonly outputs?: (draft: Draft, id: string) => Record<string, Value | undefined>;
}

/** Models by module and file: `lb/loadBalancer` for `aws:lb/loadBalancer:LoadBalancer`. */
export type Models = Readonly<Record<string, Model>>;

/** A type whose id is its name. */
export function named(
  arn: (draft: Draft, name: string) => string | undefined,
  more: Model["outputs"] = () => ({}),
): Model {
  return {
    id: (draft) => draft.physicalName,
    outputs: (draft, id) => ({ name: id, arn: arn(draft, id), ...more(draft, id) }),
  };
}

/** A type whose id is its ARN. */
export function arned(arn: (draft: Draft) => string, more: Model["outputs"] = () => ({})): Model {
  return { id: arn, outputs: (draft, id) => ({ arn: id, ...more(draft, id) }) };
}

/** A type with an id such as `vpc-` and 17 hex digits; `kind` is its name in EC2 ARNs, if it has one. */
export function prefixed(prefix: string, kind?: string, more: Model["outputs"] = () => ({})): Model {
  return {
    id: (draft) => `${prefix}-${draft.hex(17, "id")}`,
    outputs: (draft, id) => ({
      arn: kind === undefined ? undefined : draft.arn("ec2", `${kind}/${id}`),
      ownerId: draft.accountId,
      ...more(draft, id),
    }),
  };
}

/** A type whose id consists of some of its inputs. */
export function joined(separator: string, ...properties: string[]): Model {
  return {
    id: (draft) => properties.flatMap((property) => draft.text(property) ?? []).join(separator) || draft.name,
  };
}
