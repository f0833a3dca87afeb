import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";

import { constraints as application } from "../application/constraints";
import { constraints as applications } from "../applications/constraints";
import { constraints as balancer } from "../balancer/constraints";
import { constraints as calendar } from "../calendar/constraints";
import { constraints as certificate } from "../certificate/constraints";
import { constraints as clientCertificates } from "../client-certificates/constraints";
import { constraints as dns } from "../dns/constraints";
import { constraints as edge } from "../edge/constraints";
import { constraints as fleet } from "../fleet/constraints";
import { constraints as login } from "../login/constraints";
import { constraints as monitoring } from "../monitoring/constraints";
import { constraints as network } from "../network/constraints";
import { constraints as proxy } from "../proxy/constraints";
import { constraints as release } from "../release/constraints";
import { constraints as routes } from "../routes/constraints";
import { constraints as tags } from "../tags/constraints";
import { constraints as telemetry } from "../telemetry/constraints";
import { type Constraint, type Violation, violationsOf } from "./constraint";
import type { Setting } from "./fields";
import { MOVED } from "./former";
import { nearest } from "./nearest";
import { type Path, placeOf, read, shownAt, textOf, valueAt } from "./read";
import { provided, schema, type Settings, stack } from "./schema";

export { provided, schema, type Settings } from "./schema";

/** The constraints of all features, in the order in which errors list their settings. */
const CONSTRAINTS: readonly Constraint[] = [
  ...dns,
  ...certificate,
  ...network,
  ...balancer,
  ...login,
  ...clientCertificates,
  ...routes,
  ...proxy,
  ...fleet,
  ...application,
  ...applications,
  ...tags,
  ...calendar,
  ...release,
  ...edge,
  ...monitoring,
  ...telemetry,
];

const STACK = v.strictObject(stack) as unknown as Setting<Settings>;

/** A stack's configuration from Pulumi: values as text, keys with their namespace. */
export type Configuration = Readonly<Record<string, string>>;

/** A violation, as shown to the user. */
export interface Told {
  /** The setting, with its namespace: `web-store:minSize`. */
  readonly key: string;
  /** The configured value as text, without what may be secret in it; undefined if there is none. */
  readonly got: string | undefined;
  /** The values allowed. */
  readonly allowed: string;
  /** How to correct it. */
  readonly remedy: string;
}

/**
 * The settings in a stack's configuration, or all violations in it. The result depends only on these arguments and the
 * files that they name.
 *
 * @param project - the Pulumi project, the namespace of the settings
 */
export function validate(
  project: string,
  configuration: Configuration,
): { readonly settings: Settings } | { readonly violations: readonly Told[] } {
  const keyOf = (path: Path): string =>
    `${Object.hasOwn(provided, path[0] ?? "") ? "aws" : project}:${placeOf(path)}`;
  const names = Object.keys(stack).filter((name) => configuration[keyOf([name])] !== undefined);
  const given = Object.fromEntries(names.map((name) => [name, configuration[keyOf([name])]]));
  const { value, input, misfits } = read(STACK, given, keyOf);

  const toldOf = ({ at, ...advice }: Violation): Told => {
    const path = at
      .split(/[.[\]]+/)
      .flatMap((key) => (key === "" ? [] : /^\d+$/.test(key) ? Number(key) : key));
    const got = shownAt(STACK, path, input) ?? usualText(valueAt(value, path));
    return { key: keyOf(path), got, ...advice };
  };
  const together = violationsOf(
    CONSTRAINTS,
    value,
    misfits.map(({ path }) => path),
  );
  const violations = [
    ...misfits.map(({ path, ...misfit }) => ({ key: keyOf(path), ...misfit })),
    ...together.map(toldOf),
    ...unknownSettings(project, configuration),
  ];
  return violations.length > 0 ? { violations } : { settings: value };
}

/**
 * The error message with a stack's violations.
 *
 * @param stack - the Pulumi stack
 */
export function describeViolations(stack: string, violations: readonly Told[]): string {
  const count = violations.length === 1 ? "1 setting" : `${violations.length} settings`;
  const paragraphs = violations.map(({ key, got, allowed, remedy }) =>
    [
      key,
      `  got:     ${got === "" ? "an empty string" : (got ?? "nothing")}`,
      `  allowed: ${allowed}`,
      `  remedy:  ${remedy}`,
    ].join("\n"),
  );
  return [`Stack ${stack} has ${count} to correct. Nothing was created or changed.`, ...paragraphs].join(
    "\n\n",
  );
}

/**
 * The settings of the stack being deployed. Only this function reads the program's configuration, before any resource
 * is declared.
 *
 * @throws pulumi.RunError with all violations: the only error that Pulumi always shows without a stack trace
 */
export function readSettings(): Settings {
  const result = validate(pulumi.getProject(), pulumi.runtime.allConfig());
  if ("violations" in result)
    throw new pulumi.RunError(describeViolations(pulumi.getStack(), result.violations));
  return result.settings;
}

/** A default as text; undefined without a default. */
function usualText(value: unknown): string | undefined {
  return value === undefined ? undefined : `${textOf(value)} (default)`;
}

/** The error does not show their values, because a mistyped key may hold a secret. */
function unknownSettings(project: string, configuration: Configuration): Told[] {
  const prefix = `${project}:`;
  const names = Object.keys(schema);
  const unknown = Object.keys(configuration)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .filter((name) => !names.includes(name));
  return unknown.map((name) => {
    const key = prefix + name;
    const close = nearest(name, [...names, ...Object.keys(MOVED)]) ?? "";
    const place = MOVED[close] ?? close;
    if (close === name)
      return {
        key,
        got: "a key of version 0.1",
        allowed: prefix + place,
        remedy: `it is now ${place}: npm run migrate-settings -- FILE rewrites a stack file`,
      };
    const remove = `pulumi config rm ${key}`;
    return {
      key,
      got: "a key that no setting has",
      allowed: close === "" ? names.join(", ") : prefix + place,
      remedy: close === "" ? remove : `did you mean ${place}? Rename it in the stack file, or: ${remove}`,
    };
  });
}
