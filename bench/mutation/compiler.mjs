import { resolve } from "node:path";
import ts from "typescript";

/**
 * Finds the mutants that the compiler refuses in their own file. Stryker's checker compiles the whole pack for each,
 * which takes longer than all the tests; here the mutants of a file stand beside it as files of one program.
 * One fault in hundreds is missed that way, as the compiler reports some, such as what cannot be iterated, once per type.
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
  const root = resolve(project, "policies", "catalog.ts");
  const options = { ...config.options, noEmit: true };
  const refused = new Set();
  let former;
  for (const [name, { source, mutants }] of Object.entries(files)) {
    const path = resolve(project, name);
    const lines = source.split("\n");
    const starts = lines.map((_, line) => lines.slice(0, line).join("\n").length + Math.min(line, 1));
    const offset = ({ line, column }) => starts[line - 1] + column - 1;
    const texts = new Map([[path.replace(/ts$/, "as-it-is.ts"), source]]);
    const mutantOf = new Map();
    for (const mutant of mutants) {
      if (mutant.status === "Ignored") continue;
      const { start, end } = mutant.location;
      const copy = path.replace(/ts$/, `mutant-${mutant.id}.ts`);
      texts.set(copy, source.slice(0, offset(start)) + mutant.replacement + source.slice(offset(end)));
      mutantOf.set(copy, mutant);
    }
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists } = host;
    host.readFile = (wanted) => texts.get(wanted) ?? readFile(wanted);
    host.fileExists = (wanted) => texts.has(wanted) || fileExists(wanted);
    const program = ts.createProgram([root, ...texts.keys()], options, host, former);
    former = program;
    for (const copy of texts.keys()) {
      const file = program.getSourceFile(copy);
      const faults =
        program.getSyntacticDiagnostics(file).length + program.getSemanticDiagnostics(file).length;
      if (faults === 0) continue;
      const mutant = mutantOf.get(copy);
      if (mutant === undefined) throw new Error(`${name} does not compile as it is; run npm run check.`);
      refused.add(mutant);
    }
  }
  return refused;
}
