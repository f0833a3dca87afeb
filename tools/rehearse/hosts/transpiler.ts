import type { Duplex } from "node:stream";
import type * as esbuild from "esbuild";

/** The parts of esbuild that are used. */
export type Esbuild = Pick<typeof esbuild, "build" | "transform" | "version">;

type Question =
  | readonly ["transform", code: string, options: esbuild.TransformOptions]
  | readonly ["build", options: esbuild.BuildOptions];

/**
 * Transpiles and bundles for the children. Each would otherwise start an esbuild of its own, in a thread of its own,
 * for the same files. A child asks, through hosts/preload/transpiler.cjs, with the name and the arguments of esbuild's
 * `transform` or `build`, and waits for the answer; both are JSON after its length in four bytes, big-endian.
 */
export class Transpiler {
  /** By question. */
  private readonly answers = new Map<string, Promise<Buffer>>();

  constructor(private readonly esbuild: Esbuild) {}

  /** A child uses it only in place of the same version. */
  get version(): string {
    return this.esbuild.version;
  }

  /** Answers a child until it ends. */
  serve(child: Duplex): void {
    let received = Buffer.alloc(0);
    child.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readUInt32BE()) return;
      // A child waits for its answer before it asks again: there is never more than one question.
      const question = received.toString("utf8", 4);
      received = Buffer.alloc(0);
      void this.answer(question).then((answer) => child.write(answer));
    });
    child.on("error", () => undefined); // It has ended.
  }

  private answer(question: string): Promise<Buffer> {
    let answer = this.answers.get(question);
    if (!answer) {
      answer = this.transpile(question);
      this.answers.set(question, answer);
    }
    return answer;
  }

  private async transpile(question: string): Promise<Buffer> {
    // The child puts a question that failed to its own esbuild, which reports the fault in its own way.
    const result = await this.ask(JSON.parse(question) as Question).catch(() => null);
    const body = Buffer.from(JSON.stringify(result));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  }

  private async ask(question: Question): Promise<unknown> {
    if (question[0] === "transform") return this.esbuild.transform(question[1], question[2]);
    const { outputFiles = [], ...result } = await this.esbuild.build({ ...question[1], write: false });
    return { ...result, outputFiles: outputFiles.map(({ path, hash, text }) => ({ path, hash, text })) };
  }
}
