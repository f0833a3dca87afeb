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
import { permissions } from "./permissions";
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
  ...permissions,
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

/** `aws:defaultTags`, which the AWS provider alone applies: they count where AWS limits tags. */
export const defaultTags: Definition<Readonly<Record<string, string>>> = {
  type: "object",
  description: "Tags that the AWS provider puts on every resource.",
  default: Object.freeze({}),
  allowed: "a mapping with tags, a mapping of names to texts",
  example: "{ tags: { Team: shop } }",
  schema: { type: "object" },
  parse: defaultTagsIn,
};

function defaultTagsIn(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const { tags } = JSON.parse(text) as { readonly tags?: Readonly<Record<string, string>> };
    return tags ?? {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** What a stack's configuration has of the provider's, by the names of {@link Settings}. */
export const provided = {
  region: { key: "aws:region", definition: region },
  defaultTags: { key: "aws:defaultTags", definition: defaultTags },
} as const;

/** The name of a setting. */
export type Key = keyof typeof definitions;

type Definitions = typeof definitions;

/** A stack's settings: every one has a value, allowed by itself and together with the others. */
export type Settings = { readonly [K in Key]: NonNullable<ReturnType<Definitions[K]["parse"]>> } & {
  /** AWS Region of the stack, from `aws:region`. */
  readonly region: string;
  /** The provider's default tags, from `aws:defaultTags`. */
  readonly defaultTags: Readonly<Record<string, string>>;
};
