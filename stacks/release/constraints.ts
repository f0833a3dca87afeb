import { COLOURS, otherColour } from "../../components/colours";
import { mixedTypes } from "../fleet/constraints";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";
import { constraints as releaseCommandConstraints } from "./release-command";

/** Constraints on releases from one colour to the other. */
export const constraints: readonly Constraint[] = [
  greenWithoutBlueGreen,
  weightWithoutInstances,
  noWeight,
  stickingBeyondBake,
  mixedArchitectures,
  releaseUnclear,
  ...releaseCommandConstraints,
];

/** When blue/green is disabled, only the live colour remains, and it must be blue. */
function greenWithoutBlueGreen({ blueGreen }: Settings): Violation[] {
  if (blueGreen.enabled || blueGreen.live === "blue") return [];
  return [
    {
      at: "blueGreen.live",
      allowed: "blue while enabled is false: a store without blue/green is blue",
      remedy: "move all visitors to blue before you disable it, or set enabled: true",
    },
  ];
}

function weightWithoutInstances({ blueGreen }: Settings): Violation[] {
  if (!blueGreen.enabled || blueGreen.fillIdle) return [];
  const idle = otherColour(blueGreen.live);
  if (blueGreen[idle].weight === 0) return [];
  return [
    {
      at: `blueGreen.${idle}.weight`,
      allowed: `0: ${idle} is not live, and has no instances while fillIdle is false`,
      remedy: `set fillIdle: true, deploy, and give ${idle} its weight in the next deployment; or set the weight to 0`,
    },
  ];
}

function noWeight({ blueGreen }: Settings): Violation[] {
  if (!blueGreen.enabled) return [];
  if (COLOURS.some((colour) => blueGreen[colour].weight > 0)) return [];
  const { live } = blueGreen;
  return [
    {
      at: `blueGreen.${live}.weight`,
      allowed: "at least 1 while the other is 0: visitors need a colour",
      remedy: `set ${live}.weight to 100`,
    },
  ];
}

/**
 * If stickiness lasts longer than a step, visitors stay on the colour of an earlier step, regardless of the weights.
 */
function stickingBeyondBake({ blueGreen }: Settings): Violation[] {
  if (!blueGreen.enabled) return [];
  const { stickinessSeconds, bakeMinutes } = blueGreen;
  if (stickinessSeconds < bakeMinutes * 60) return [];
  return [
    {
      at: "blueGreen.stickinessSeconds",
      allowed: `less than bakeMinutes, ${bakeMinutes}, which are ${bakeMinutes * 60} s: visitors must follow the weights within a step`,
      remedy: `lower stickinessSeconds, or raise bakeMinutes to ${Math.floor(stickinessSeconds / 60) + 1}`,
    },
  ];
}

function mixedArchitectures({ blueGreen }: Settings): Violation[] {
  return COLOURS.flatMap((colour) =>
    mixedTypes(`blueGreen.${colour}.instanceTypes`, blueGreen[colour].instanceTypes),
  );
}

/** A colour's own release must have the same kind as the store's, and an archive needs its hash. */
function releaseUnclear({ blueGreen, application }: Settings): Violation[] {
  const { source } = application;
  return COLOURS.flatMap((colour) => {
    const { artifactKey, artifactVersionId, artifactSha256, image } = blueGreen[colour];
    const violationAt = (field: string, allowed: string, remedy: string): Violation => ({
      at: `blueGreen.${colour}.${field}`,
      allowed,
      remedy,
    });
    const ofOtherKind = Object.entries(
      source === "artifact" ? { image } : source === "container" ? { artifactKey } : { artifactKey, image },
    ).filter(([, value]) => value !== undefined);
    const halves = Object.entries(
      artifactKey === undefined ? { artifactVersionId, artifactSha256 } : {},
    ).filter(([, value]) => value !== undefined);
    return [
      ...ofOtherKind.map(([field]) =>
        violationAt(
          field,
          `no value while application.source is ${source}`,
          `remove ${colour}.${field}, or set application.source`,
        ),
      ),
      ...halves.map(([field]) =>
        violationAt(
          field,
          `no value without ${colour}.artifactKey`,
          `set ${colour}.artifactKey, or remove ${field}`,
        ),
      ),
      ...(artifactKey !== undefined && artifactSha256 === undefined
        ? [
            violationAt(
              "artifactSha256",
              `the SHA-256 of ${colour}.artifactKey`,
              "run sha256sum on the archive",
            ),
          ]
        : []),
    ];
  });
}
