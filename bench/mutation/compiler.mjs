import { resolve } from "node:path";
import ts from "typescript";

/** Maximum number of copies of files in one program, to limit memory. */
const AT_A_TIME = 500;

/**
 * Finds the mutants that the compiler refuses in their own file. Stryker's checker compiles the whole project for each
 * mutant, which takes longer than all tests; here, mutants are copies beside their files, in one program. This misses
 * one fault in hundreds, because the compiler reports some errors, such as a type that can't be iterated, only once per
 * type.
 *
 * @param {string} project - the project's folder
 * @param {Record<string, { source: string, mutants: object[] }>} files - from Stryker's report, by path in the project
 * @returns {Set<object>} the mutants of the report that the compiler refuses
 * @throws if an unchanged file doesn't compile
 */
export function refusedByCompiler(project, files) {
  const config = ts.getParsedCommandLineOfConfigFile(resolve(project, "tsconfig.json"), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  });
  const options = { ...config.options, noEmit: true };
  const copies = Object.entries(files).flatMap(([name, file]) => copiesOf(resolve(project, name), file));
  const refused = new Set();
  let former;
  for (let at = 0; at < copies.length; at += AT_A_TIME) {
    const texts = new Map(copies.slice(at, at + AT_A_TIME).map(({ path, text }) => [path, text]));
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists } = host;
    host.readFile = (wanted) => texts.get(wanted) ?? readFile(wanted);
    host.fileExists = (wanted) => texts.has(wanted) || fileExists(wanted);
    const program = ts.createProgram([...texts.keys()], options, host, former);
    former = program;
    for (const { path, mutant } of copies.slice(at, at + AT_A_TIME)) {
      const file = program.getSourceFile(path);
      const faults =
        program.getSyntacticDiagnostics(file).length + program.getSemanticDiagnostics(file).length;
      if (faults === 0) continue;
      if (mutant === undefined) throw new Error(`${path} does not compile; run npm run check.`);
      refused.add(mutant);
    }
  }
  return refused;
}

/** A file without changes, and with each of its mutants. */
function copiesOf(path, { source, mutants }) {
  const lines = source.split("\n");
  const starts = lines.map((_, line) => lines.slice(0, line).join("\n").length + Math.min(line, 1));
  const offset = ({ line, column }) => starts[line - 1] + column - 1;
  const asItIs = { path: path.replace(/ts$/, "as-it-is.ts"), text: source, mutant: undefined };
  const changed = mutants
    .filter(({ status }) => status !== "Ignored")
    .map((mutant) => ({
      path: path.replace(/ts$/, `mutant-${mutant.id}.ts`),
      text:
        source.slice(0, offset(mutant.location.start)) +
        mutant.replacement +
        source.slice(offset(mutant.location.end)),
      mutant,
    }));
  return [asItIs, ...changed];
}
