import { resolve } from "node:path";
import ts from "typescript";

/**
 * Finds the mutants that the compiler refuses in their own file. Stryker's checker compiles the whole pack for each,
 * which takes longer than all the tests.
 *
 * @param {string} project - the project's folder
 * @param {Record<string, { source: string, mutants: object[] }>} files - of Stryker's report, by path in the project
 * @returns {Set<object>} those of the report's mutants
 */
export function refusedByCompiler(project, files) {
  const config = ts.getParsedCommandLineOfConfigFile(resolve(project, "tsconfig.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  });
  const texts = new Map();
  const service = ts.createLanguageService({
    ...ts.sys,
    getCompilationSettings: () => config.options,
    getScriptFileNames: () => [resolve(project, "policies", "catalog.ts")],
    getScriptVersion: (path) => String(texts.get(path)?.version ?? 0),
    getScriptSnapshot: (path) => {
      const text = texts.get(path)?.text ?? ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCurrentDirectory: () => project,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });
  const refused = new Set();
  for (const [name, { source, mutants }] of Object.entries(files)) {
    const path = resolve(project, name);
    const put = (text) => texts.set(path, { text, version: (texts.get(path)?.version ?? 0) + 1 });
    put(source);
    const faults = () =>
      service.getSyntacticDiagnostics(path).length + service.getSemanticDiagnostics(path).length;
    if (faults() > 0) throw new Error(`${name} does not compile as it is; run npm run check.`);
    const lines = source.split("\n");
    const starts = lines.map((_, line) => lines.slice(0, line).join("\n").length + Math.min(line, 1));
    const offset = ({ line, column }) => starts[line - 1] + column - 1;
    for (const mutant of mutants) {
      if (mutant.status === "Ignored") continue;
      const { start, end } = mutant.location;
      put(source.slice(0, offset(start)) + mutant.replacement + source.slice(offset(end)));
      if (faults() > 0) refused.add(mutant);
    }
    put(source);
  }
  return refused;
}
