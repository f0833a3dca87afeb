import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/** What a rule says of itself, and a reference of its page. `policies/RULES.md` pins these word for word. */
const TEXTS = new Set(["title", "description", "remedy", "references", "label", "url"]);
/** The makers of settings, whose last argument describes the setting. */
const SETTINGS = new Set(["integerSetting", "booleanSetting", "textsSetting"]);

/**
 * Leaves out of the mutants what is documentation only: it decides nothing, and one test that compares RULES.md with
 * the catalogue would kill every such mutant, and flatter the score.
 *
 * @type {import("@stryker-mutator/api/ignore").Ignorer}
 */
const documentation = {
  shouldIgnore({ node, parent }) {
    if (node.type === "ObjectProperty" && TEXTS.has(node.key.name))
      return "documentation, pinned by RULES.md";
    if (
      parent?.type === "CallExpression" &&
      SETTINGS.has(parent.callee.name) &&
      node === parent.arguments.at(-1)
    )
      return "documentation of a setting, pinned by RULES.md";
    return undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "documentation", documentation)];
