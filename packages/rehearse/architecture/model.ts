import type { Kind } from "./kinds";

/** The change of a resource. */
export type Change = "create" | "update" | "replace" | "delete";

/** A rectangle, and the resources that it represents. */
export interface Box {
  readonly id: string;
  /** The resources that it represents, beginning with those that it is named after. */
  readonly urns: readonly string[];
  readonly kind: Kind;
  /** AWS's name for one of them. */
  readonly what: string;
  /** The number of resources it is drawn for. */
  readonly count: number;
  /** The number and the name. */
  readonly label: string;
  /** The program's name for it. */
  readonly name: string;
  /** Its most important settings. */
  readonly lines: readonly string[];
  /** Its availability zones, if it is in subnets. */
  readonly zones: readonly string[];
  /** The enclosing frame; undefined outside AWS. */
  readonly frame: string | undefined;
  readonly mandatory: number;
  readonly advisory: number;
  readonly change: Change | undefined;
}

/** A subnet, in the head of its frame. */
export interface Subnet {
  readonly id: string;
  readonly urns: readonly string[];
  /** The zone; empty if it isn't known. */
  readonly zone: string;
  readonly label: string;
  readonly mandatory: number;
  readonly advisory: number;
  readonly change: Change | undefined;
}

/**
 * A frame around boxes: the global services, a Region, a VPC, or the subnets of a VPC with the same Internet access.
 */
export interface Frame {
  readonly id: string;
  readonly kind: "global" | "region" | "vpc" | "public" | "private" | "isolated" | "subnets";
  readonly label: string;
  readonly detail: string;
  readonly urns: readonly string[];
  /** The enclosing frame; undefined for the outermost. */
  readonly parent: string | undefined;
  readonly subnets: readonly Subnet[];
  readonly mandatory: number;
  readonly advisory: number;
  readonly change: Change | undefined;
}

/**
 * The meaning of an arrow: requests by TLS, in clear text, or by an unknown protocol; traffic that a security group
 * permits, if no such arrow is drawn; a call by an event; a name; logs and notifications; any other reference.
 */
export type EdgeKind = "tls" | "clear" | "traffic" | "permission" | "event" | "name" | "logs" | "reference";

/** An arrow between two boxes. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Short enough for the arrow. */
  readonly labels: readonly string[];
  /** Sentences with further details. */
  readonly details: readonly string[];
}

/** The content of a drawing. */
export interface Model {
  readonly boxes: readonly Box[];
  readonly frames: readonly Frame[];
  readonly edges: readonly Edge[];
}
