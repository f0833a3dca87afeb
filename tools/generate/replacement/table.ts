/** Makes the table of the properties whose change replaces a resource. */
import { createRequire } from "node:module";
import { join } from "node:path";

import type { ReplacementTable, TypeFacts } from "../../../packages/rehearse/diff/replacement";
import { type Property, readSdk, type ResourceType, type Sdk } from "../api-constraints/sdk";
import { type GeneratedFile, ROOT } from "../files";
import { CloudFormation, type Update } from "./cloudformation";
import { documented } from "./documentation";
import { LOOSER, PROVIDER, STRICTER } from "./mappings";

/** The table as `npm run generate` writes it. Takes some seconds. */
export function replacementFile(): GeneratedFile {
  return {
    path: join(ROOT, "packages", "rehearse", "diff", "replacement.json"),
    text: textOf(makeReplacementTable(readSdk())),
  };
}

/** Makes the table of all types of the SDK for which anything is known. */
function makeReplacementTable(sdk: Sdk): ReplacementTable {
  const cloudFormation = new CloudFormation();
  const types = sdk.types.flatMap((type) => {
    const facts = factsOf(type, cloudFormation);
    return facts === undefined ? [] : type.tokens.map((token) => [token, facts] as const);
  });
  const version = (name: string): string =>
    `${name} ${(createRequire(__filename)(`${name}/package.json`) as { version: string }).version}`;
  return {
    sources: [
      version("@pulumi/aws"),
      version("@aws-cdk/aws-service-spec"),
      "hashicorp/terraform-provider-aws",
    ],
    types: Object.fromEntries(types.sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

function factsOf(type: ResourceType, cloudFormation: CloudFormation): TypeFacts | undefined {
  const { tokens, properties } = type;
  const of = <T>(byToken: Readonly<Record<string, T>>): T | undefined =>
    tokens.map((token) => byToken[token]).find((found) => found !== undefined);
  const provider = of(PROVIDER);
  const resource = provider === undefined ? cloudFormation.find(type) : undefined;
  /** The provider's documentation takes precedence over CloudFormation, which describes AWS's API. */
  const saidOf = ({ name, documentation }: Property): Update | undefined => {
    if (provider !== undefined)
      return provider.replaces.includes(name) ? "yes" : provider.mayReplace?.includes(name) ? "maybe" : "no";
    if (of(STRICTER)?.includes(name)) return "yes";
    if (of(LOOSER)?.includes(name)) return "no";
    // For AWS, a prefix is part of the name.
    const known = name.endsWith("Prefix") ? name.slice(0, -"Prefix".length) : name;
    return documented(documentation) ?? (resource && cloudFormation.updateOf(resource, tokens, known));
  };
  const names = (update: Update | undefined): string[] =>
    properties.filter((property) => saidOf(property) === update).map(({ name }) => name);
  const facts = { replaces: names("yes"), mayReplace: names("maybe"), unknown: names(undefined) };
  const source = provider?.source ?? resource?.cloudFormationType;
  if (source === undefined && facts.replaces.length + facts.mayReplace.length === 0) return undefined;
  const kept = Object.entries(facts).filter(([, list]) => list.length > 0);
  return { ...(source === undefined ? {} : { source }), ...Object.fromEntries(kept) };
}

/** Writes a line for each type, so that a diff shows the place of a change. */
function textOf({ sources, types }: ReplacementTable): string {
  const lines = Object.entries(types).map(
    ([type, facts]) => `${JSON.stringify(type)}:${JSON.stringify(facts)}`,
  );
  return `{"sources":${JSON.stringify(sources)},\n"types":{\n${lines.join(",\n")}\n}}\n`;
}
