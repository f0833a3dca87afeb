import * as pulumi from "@pulumi/pulumi";

/** A statement of an IAM policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, pulumi.Input<string | readonly string[]>>>>
  >;
}

/** An IAM policy's document, as JSON. */
export function documentOf(Statement: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement });
}

/** Allows actions on resources, by default on all. */
export function allow(Action: readonly string[], Resource: Statement["Resource"] = "*"): Statement {
  return { Effect: "Allow", Action, Resource };
}
