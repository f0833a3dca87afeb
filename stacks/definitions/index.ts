import { type Definition, text } from "../setting-types";
import { application } from "./application";
import { balancing } from "./balancing";
import { blueGreen } from "./blue-green";
import { calendar } from "./calendar";
import { edge } from "./edge";
import { fleet } from "./fleet";
import { monitoring } from "./monitoring";
import { names } from "./names";
import { network } from "./network";
import { proxy } from "./proxy";
import { status } from "./status";
import { tagging } from "./tagging";
import { traffic } from "./traffic";

/**
 * Every setting of a stack, in the order in which errors and tables list them. `aws:region` is the
 * provider's; see {@link region}.
 */
export const definitions = {
  ...names,
  ...network,
  ...balancing,
  ...traffic,
  ...proxy,
  ...fleet,
  ...application,
  ...tagging,
  ...calendar,
  ...blueGreen,
  ...edge,
  ...status,
  ...monitoring,
} as const;

/**
 * `aws:region`, read by the AWS provider too: a stack must not move with somebody's environment variables.
 */
export const region: Definition<string> = text({
  description: "AWS Region of the stack.",
  allowed: "the name of an AWS Region",
  example: "eu-west-1",
  pattern: /^[a-z]{2}(-[a-z]+)+-\d$/,
});

/** The name of a setting. */
export type Key = keyof typeof definitions;

type Definitions = typeof definitions;

/** A stack's settings: every one has a value, allowed by itself and together with the others. */
export type Settings = { readonly [K in Key]: NonNullable<ReturnType<Definitions[K]["parse"]>> } & {
  /** AWS Region of the stack, from `aws:region`. */
  readonly region: string;
};
