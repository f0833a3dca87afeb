import { join } from "node:path";

/** The project's folder. */
const ROOT = join(__dirname, "..", "..");

/**
 * Bundles a function's sources as one ECMAScript module, without the AWS SDK, which Lambda's Node.js runtime
 * includes.
 *
 * @param entry - path of the handler's file, relative to the project's folder, with `/`
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function bundleFunction(entry: string): string {
  // Not minified, because there is no source map, which would contain the machine's paths.
  return bundled(entry, { format: "esm", external: ["@aws-sdk/*"] });
}

/** Bundles the sample store as one script, without SQLite, which is only for local use. */
export function bundleStore(): string {
  return bundled("app/main.ts", { format: "cjs", external: ["libsql"], minify: true });
}

const bundles = new Map<string, string>();

/** Bundles each entry once per process, because its sources don't change while the program runs. */
function bundled(entry: string, options: Parameters<typeof bundle>[1]): string {
  const text = bundles.get(entry) ?? bundle(entry, options);
  bundles.set(entry, text);
  return text;
}

/**
 * Bundles sources into one text when the program runs, so no build step can be forgotten. The text depends
 * only on the sources, the lockfile's packages and the pinned esbuild, and is identical on any machine.
 */
function bundle(
  entry: string,
  options: { readonly format: "esm" | "cjs"; readonly external: string[]; readonly minify?: boolean },
): string {
  // Not imported at the top, because most stacks bundle nothing and esbuild takes time to load.
  const { buildSync } = require("esbuild") as typeof import("esbuild");
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    ...options,
    platform: "node",
    target: "node22",
    charset: "utf8",
    legalComments: "none",
    sourcemap: false,
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
