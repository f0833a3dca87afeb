import type { Duplex } from "node:stream";
import type * as esbuild from "esbuild";

/** The parts of esbuild that are used. */
export type Esbuild = Pick<typeof esbuild, "transform" | "version">;

/**
 * Transpiles for the children. Each would otherwise start an esbuild of its own, in a thread of its own, for the same
 * files. A child asks, through hosts/preload/transpiler.cjs, with the arguments of esbuild's `transformSync`, and
 * waits for the answer; both are JSON after its length in four bytes, big-endian.
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
    const [code, options] = JSON.parse(question) as [string, esbuild.TransformOptions];
    // The child puts a question that failed to its own esbuild, which reports the fault in its own way.
    const result = await this.esbuild.transform(code, options).catch(() => null);
    const body = Buffer.from(JSON.stringify(result));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  }
}
