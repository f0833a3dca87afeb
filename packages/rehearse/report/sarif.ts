import { createHash } from "node:crypto";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { nameOf, typeOf } from "../engine/urn";
import type { Rehearsal } from "../rehearsal";
import { labelledErrorsOf } from "./json";
import { CHILDREN_UNKNOWN } from "./resources";

/**
 * The findings for code scanning: a SARIF log with a run for each policy pack. A resource has no source line, so
 * every finding is reported on the program's Pulumi.yaml and names the resource's URN. Errors are notifications.
 *
 * @param projectFile - Pulumi.yaml, absolute
 * @param root - the folder that paths are relative to: the repository's, for code scanning
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function toSarif(rehearsals: readonly Rehearsal[], projectFile: string, root: string): object {
  const uri = pathToFileURL(`/${relative(root, projectFile)}`).pathname.slice(1);
  const packs = new Map(rehearsals.flatMap(({ packs }) => packs.map((pack) => [pack.name, pack] as const)));
  // Relative to the repository: a path on this machine means nothing elsewhere.
  const invocations = [
    {
      executionSuccessful: rehearsals.every(({ verdict }) => verdict !== "failed"),
      toolExecutionNotifications: rehearsals
        .flatMap(labelledErrorsOf)
        .map((text) => ({ level: "error", message: { text } })),
    },
  ];
  const own = ownRun(rehearsals, uri);
  // Without a pack that started, this run shows why.
  const isNeeded = own.results.length > 0 || packs.size === 0;
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      ...[...packs.values()].map(({ name, version, policies }) => ({
        tool: {
          driver: {
            name,
            version,
            rules: policies.map((policy) => ({
              id: policy.name,
              name: policy.title === "" ? policy.name : policy.title,
              shortDescription: { text: policy.title === "" ? policy.name : policy.title },
              fullDescription: { text: policy.description },
              help: { text: policy.remedy === "" ? policy.description : policy.remedy },
              ...(policy.url === "" ? {} : { helpUri: policy.url }),
              defaultConfiguration: { level: policy.level === "mandatory" ? "error" : "warning" },
            })),
          },
        },
        invocations,
        results: rehearsals.flatMap(({ stack, mode, findings }) =>
          findings
            .filter(({ pack }) => pack === name)
            .map(({ policy, level, urn, message, exemption }) => ({
              ...resultOf({ rule: policy, level: LEVELS[level], urn, stack, mode, message }, uri),
              ...(exemption === undefined
                ? {}
                : {
                    suppressions: [
                      {
                        kind: "external",
                        status: "accepted",
                        justification: `${exemption.reason} (until ${exemption.until})`,
                      },
                    ],
                  }),
            })),
        ),
      })),
      ...(isNeeded ? [{ ...own, invocations }] : []),
    ],
  };
}

/** The rehearsal's own rules, for components that no policy saw and for plans that Pulumi refuses. */
const OWN_RULES = {
  "not-judged": "A component whose children no policy saw",
  "refused-by-pulumi": "A resource that Pulumi would not delete or replace",
} as const;

/** The rehearsal's own run: the components that no pack judged, and the plans that Pulumi refuses. */
function ownRun(rehearsals: readonly Rehearsal[], uri: string) {
  const found = rehearsals.flatMap(({ stack, mode, unjudged, plan }): Result[] => [
    ...unjudged.map(({ urn, allowed }) => ({
      rule: "not-judged",
      level: allowed ? ("note" as const) : ("error" as const),
      urn,
      stack,
      mode,
      message: `${typeOf(urn)} ${nameOf(urn)} is not judged: ${CHILDREN_UNKNOWN}${allowed ? "; its type is allowed" : ""}`,
    })),
    ...(plan?.refusals ?? []).map(({ urn, message }) => ({
      rule: "refused-by-pulumi",
      level: "error" as const,
      urn,
      stack,
      mode,
      message,
    })),
  ]);
  const rules = Object.entries(OWN_RULES)
    .filter(([id]) => found.some(({ rule }) => rule === id))
    .map(([id, text]) => ({ id, shortDescription: { text } }));
  return {
    tool: { driver: { name: "rehearse", rules } },
    results: found.map((result) => resultOf(result, uri)),
  };
}

const LEVELS = { mandatory: "error", advisory: "warning" } as const;

/** The content of a result. */
interface Result {
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  readonly urn: string;
  readonly stack: string;
  readonly mode: Rehearsal["mode"];
  readonly message: string;
}

function resultOf({ rule, level, urn, stack, mode, message }: Result, uri: string): object {
  return {
    ruleId: rule,
    level,
    message: { text: `${stack} (${mode}): ${message}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
      },
    ],
    partialFingerprints: { "policyAndUrn/v1": fingerprint([rule, urn, stack, mode, message]) },
  };
}

/** Identifies a finding across runs. */
function fingerprint(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
