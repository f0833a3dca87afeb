import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/**
 * The properties of a rule that describe it and its references. `policies/RULES.md` fixes these texts word for word.
 */
const TEXTS = new Set(["title", "description", "remedy", "references", "label", "url"]);
/** The makers of settings, whose last argument describes the setting. */
const SETTINGS = new Set(["integerSetting", "booleanSetting", "textsSetting"]);

/**
 * Excludes mutants in documentation texts. These decide nothing, and a single test that compares RULES.md with the
 * catalogue would kill all of them, which would raise the score without reason.
 *
 * @type {import("@stryker-mutator/api/ignore").Ignorer}
 */
const documentation = {
  shouldIgnore({ node, parent }) {
    if (node.type === "ObjectProperty" && TEXTS.has(node.key.name)) return "documentation, fixed by RULES.md";
    if (
      parent?.type === "CallExpression" &&
      SETTINGS.has(parent.callee.name) &&
      node === parent.arguments.at(-1)
    )
      return "documentation of a setting, fixed by RULES.md";
    return undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "documentation", documentation)];
