import { createHash } from "node:crypto";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";

/**
 * Whether a mutant is drawn. Each mutant is drawn independently, so that the same seed draws the same mutants from the
 * same sources.
 *
 * @param {string} id - the mutant's id, which Stryker counts within a part
 * @param {{ percent: number, seed: string }} sample
 */
export function isDrawn(id, { percent, seed }) {
  const hash = createHash("sha256").update(`${seed}:${id}`).digest();
  return hash.readUInt32BE() < (percent / 100) * 2 ** 32;
}

/**
 * The bounds of the 95 % confidence interval of the true share, by Wilson.
 *
 * @param {number} found - how many of the sample were found
 * @param {number} size - size of the sample
 * @returns {[number, number]} in per cent
 * @see https://www.itl.nist.gov/div898/handbook/prc/section2/prc241.htm
 */
export function interval(found, size) {
  const z = 1.96;
  const share = found / size;
  const middle = share + z ** 2 / (2 * size);
  const half = z * Math.sqrt((share * (1 - share)) / size + z ** 2 / (4 * size ** 2));
  return [middle - half, middle + half].map((border) => (100 * border) / (1 + z ** 2 / size));
}

/** Makes Stryker run only the drawn mutants: the others are refused as if they didn't compile. */
function createSampler() {
  const sample = JSON.parse(process.env.MUTATION_SAMPLE);
  const resultOf = ({ id }) =>
    isDrawn(id, sample) ? { status: "passed" } : { status: "compileError", reason: "not drawn" };
  return {
    init: async () => undefined,
    group: async (mutants) => [mutants.map(({ id }) => id)],
    check: async (mutants) => Object.fromEntries(mutants.map((mutant) => [mutant.id, resultOf(mutant)])),
  };
}
createSampler.inject = [];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, "sampler", createSampler)];
