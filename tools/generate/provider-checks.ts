import { createRequire } from "node:module";
import { join } from "node:path";

import { readSdk } from "./api-constraints/sdk";
import { type GeneratedFile, ROOT } from "./files";

/** What the documentation of one type says about its arguments. */
interface Documented {
  conflicts?: string[];
  exactlyOneOf?: string[];
  atLeastOneOf?: string[];
}

/**
 * Which arguments exclude each other, and of which one is required, by the AWS provider's documentation of each
 * argument in `@pulumi/aws`.
 */
export function providerChecksFile(): GeneratedFile {
  const { version } = createRequire(__filename)("@pulumi/aws/package.json") as { readonly version: string };
  const types: Record<string, Documented> = {};
  for (const { tokens, properties } of readSdk().types) {
    const [type = ""] = tokens;
    const documentation = properties.map(
      ({ name, documentation: text }) => [name, text.replace(/\s+/g, " ")] as const,
    );
    const documented = documentedIn(new Map(documentation));
    if (Object.keys(documented).length > 0) types[type] = documented;
  }
  const rows = Object.entries(types)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, documented]) => `${JSON.stringify(type)}:${JSON.stringify(documented)}`);
  return {
    path: join(ROOT, "packages", "rehearse", "cloud", "provider-checks", "documented.json"),
    text: `{"source":"@pulumi/aws ${version}, the documentation of each type's arguments","types":{\n${rows.join(",\n")}\n}}\n`,
  };
}

/** The predicate of such a sentence, and the word that begins a condition. */
const MUST = String.raw`(?:must be (?:specified|set|provided|configured|populated)|is required)\b( (?:unless|if|when|for)\b)?`;

/** A sentence about several arguments, and what it says about them. */
const SENTENCES = {
  conflicts: /\b[Cc]onflicts? with ((?:(?!\brequires\b)[^.;])*)/g,
  exactlyOneOf: new RegExp(String.raw`\b(?:Exactly one of|One of)(?: either)? ([^.;]*?) ${MUST}`, "g"),
  atLeastOneOf: new RegExp(String.raw`\b(?:[Aa]t least one of|one of either|Either) ([^.;]*?) ${MUST}`, "g"),
} as const;

function documentedIn(documentation: ReadonlyMap<string, string>): Documented {
  const found = {
    conflicts: new Set<string>(),
    exactlyOneOf: new Set<string>(),
    atLeastOneOf: new Set<string>(),
  };
  /** Rules that hold only under a condition, which another argument's documentation may leave out. */
  const conditional = new Set<string>();
  for (const [argument, text] of documentation) {
    for (const [kind, sentence] of Object.entries(SENTENCES) as [keyof Documented, RegExp][]) {
      for (const [, list = "", condition] of text.matchAll(sentence)) {
        const words = [...list.matchAll(/`(\w+)`/g)].map(([, word = ""]) => word);
        const names = words.flatMap((word) => argumentNamed(word, documentation) ?? []);
        if (kind === "conflicts") {
          for (const name of names.filter((other) => other !== argument))
            found.conflicts.add([argument, name].sort().join("~"));
        } else if (names.length > 1 && names.length === words.length) {
          (condition === undefined ? found[kind] : conditional).add([...new Set(names)].sort().join(","));
        }
      }
    }
  }
  return Object.fromEntries(
    Object.entries(found).flatMap(([kind, set]) => {
      const sets = [...set].filter((names) => !conditional.has(names)).sort();
      return sets.length === 0 ? [] : [[kind, sets]];
    }),
  );
}

/**
 * The argument that a word of the documentation means: it says `subnet_mapping` or `vpcZoneIdentifier` for
 * `subnetMappings`, and `filename` for `code`.
 */
function argumentNamed(word: string, documentation: ReadonlyMap<string, string>): string | undefined {
  const camel = word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const candidates = [
    camel,
    `${camel}s`,
    camel.replace(/y$/, "ies"),
    `${camel}es`,
    camel === "filename" ? "code" : "",
  ];
  return candidates.find((candidate) => documentation.has(candidate));
}
