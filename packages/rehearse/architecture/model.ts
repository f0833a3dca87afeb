import type { Kind } from "./kinds";

/** What a change does to a resource. */
export type Change = "create" | "update" | "replace" | "delete";

/** Something drawn as a rectangle, with the resources that it stands for. */
export interface Box {
  readonly id: string;
  /** The resources that it stands for, the ones that it is named after first. */
  readonly urns: readonly string[];
  readonly kind: Kind;
  /** What one of it is, as AWS calls it. */
  readonly what: string;
  /** Of how many it is drawn. */
  readonly count: number;
  /** The two together. */
  readonly label: string;
  /** What the program calls it. */
  readonly name: string;
  /** What matters of its settings. */
  readonly lines: readonly string[];
  /** The zones that it is in, if it is in subnets. */
  readonly zones: readonly string[];
  /** The frame around it; undefined outside AWS. */
  readonly frame: string | undefined;
  readonly mandatory: number;
  readonly advisory: number;
  readonly change: Change | undefined;
}

/** A subnet, as it stands in its frame's head. */
export interface Subnet {
  readonly id: string;
  readonly urns: readonly string[];
  /** The zone; empty where nothing tells. */
  readonly zone: string;
  readonly label: string;
  readonly mandatory: number;
  readonly advisory: number;
  readonly change: Change | undefined;
}

/** A frame around boxes: what is global, a Region, a VPC, or its subnets that the Internet reaches alike. */
export interface Frame {
  readonly id: string;
  readonly kind: "global" | "region" | "vpc" | "public" | "private" | "isolated" | "subnets";
  readonly label: string;
  readonly detail: string;
  readonly urns: readonly string[];
  /** The frame around it; undefined for the outermost. */
  readonly parent: string | undefined;
  readonly subnets: readonly Subnet[];
  readonly mandatory: number;
  readonly advisory: number;
  readonly change: Change | undefined;
}

/**
 * What an arrow tells: requests by TLS, in clear text, or of which neither is known; what a security group lets through
 * without such an arrow; a call by an event; a name; logs and notifications; any other reference.
 */
export type EdgeKind = "tls" | "clear" | "traffic" | "permission" | "event" | "name" | "logs" | "reference";

/** An arrow between two boxes. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Short enough to stand on it. */
  readonly labels: readonly string[];
  /** Sentences for whoever wants to know more. */
  readonly details: readonly string[];
}

/** What is drawn. */
export interface Model {
  readonly boxes: readonly Box[];
  readonly frames: readonly Frame[];
  readonly edges: readonly Edge[];
}
