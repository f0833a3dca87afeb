import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Duplex } from "node:stream";
import type * as esbuild from "esbuild";

/** The parts of esbuild that are used. */
export type Esbuild = Pick<typeof esbuild, "build" | "transform" | "version">;

type Question =
  | readonly ["transform", code: string, options: esbuild.TransformOptions]
  | readonly ["build", options: esbuild.BuildOptions];

/**
 * Transpiles and bundles for the child processes, each of which would otherwise start its own esbuild for the same
 * files. A child asks, through hosts/preload/transpiler.cjs, with the name and the arguments of esbuild's `transform`
 * or `build`, and waits for the answer; both are JSON, preceded by their length in four bytes, big-endian.
 *
 * Imports of a file are transpiled in advance: the answer is ready if the child asks for them with the same
 * arguments.
 */
export class Transpiler {
  /** By request. */
  private answers = new Map<string, Promise<Buffer>>();
  /** Answers from before {@link forget}. */
  private former = new Map<string, Promise<Buffer>>();
  /** Imports, without their endings, that have been looked up already. */
  private readonly ahead = new Set<string>();

  constructor(private readonly esbuild: Esbuild) {}

  /** A child uses this only in place of the same version. */
  get version(): string {
    return this.esbuild.version;
  }

  /** Answers a child until it ends. */
  serve(child: Duplex): void {
    let received = Buffer.alloc(0);
    child.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readUInt32BE()) return;
      // A child waits for its answer before it asks again: there is at most one request.
      const question = received.toString("utf8", 4);
      received = Buffer.alloc(0);
      void this.answer(question).then((answer) => child.write(answer));
    });
    child.on("error", () => undefined); // The child has ended.
  }

  /**
   * Called when files have changed: bundles are built again, and answers that are no longer requested are dropped.
   */
  forget(): void {
    this.former = new Map([...this.answers].filter(([question]) => !question.startsWith('["build"')));
    this.answers = new Map();
    this.ahead.clear();
  }

  private answer(question: string): Promise<Buffer> {
    let answer = this.answers.get(question);
    if (!answer) {
      answer = this.former.get(question) ?? this.transpile(question);
      this.answers.set(question, answer);
    }
    return answer;
  }

  private async transpile(question: string): Promise<Buffer> {
    // If a request fails, the child passes it to its own esbuild, which reports the error as usual.
    const result = await this.ask(JSON.parse(question) as Question).catch(() => null);
    const body = Buffer.from(JSON.stringify(result));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  }

  private async ask(question: Question): Promise<unknown> {
    if (question[0] === "transform") {
      const result = await this.esbuild.transform(question[1], question[2]);
      this.readAhead(result.code, question[2]);
      return result;
    }
    const {
      outputFiles = [],
      metafile,
      ...result
    } = await this.esbuild.build({ ...question[1], write: false, metafile: true });
    return {
      ...result,
      ...(question[1].metafile === true ? { metafile } : {}),
      outputFiles: outputFiles.map(({ path, hash, text }) => ({ path, hash, text })),
      inputs: Object.keys(metafile.inputs),
    };
  }

  /** Prepares the child's next requests: a file's own imports, with the same options. */
  private readAhead(code: string, options: esbuild.TransformOptions): void {
    const { sourcefile } = options;
    if (sourcefile === undefined) return;
    for (const [, path] of code.matchAll(/\brequire\("(\.{1,2}\/[^"]+)"\)/g)) {
      const imported = join(dirname(sourcefile), path ?? "");
      if (this.ahead.has(imported)) continue;
      this.ahead.add(imported);
      const found = readFirst([`${imported}.ts`, join(imported, "index.ts")]);
      if (found === undefined) continue;
      const inWords = (file: string): string => JSON.stringify(file).slice(1, -1);
      const itsOptions = JSON.stringify(options).replaceAll(inWords(sourcefile), inWords(found.file));
      void this.answer(`["transform",${JSON.stringify(found.code)},${itsOptions}]`);
    }
  }
}

/** The first of the files that can be read, with its text. */
function readFirst(files: readonly string[]): { file: string; code: string } | undefined {
  for (const file of files) {
    try {
      return { file, code: readFileSync(file, "utf8") };
    } catch {
      // Try the next one.
    }
  }
  return undefined;
}
