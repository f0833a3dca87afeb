import { columnsOf, cut, pad, type Stream, widest } from "./style";

/** A progress line on a terminal; writes nothing if the stream isn't a terminal. */
export class Progress {
  private width = 0;

  constructor(private readonly stream: Stream) {}

  /** Shows a line in place of the last one. */
  show(text: string): void {
    if (!this.stream.isTTY) return;
    const columns = columnsOf(this.stream);
    const line = cut(text, (columns === Infinity ? 80 : columns) - 1);
    this.stream.write(`\r${pad(line, this.width)}`);
    this.width = widest([line]);
  }

  /** Wipes the line. */
  clear(): void {
    if (this.width > 0) this.stream.write(`\r${" ".repeat(this.width)}\r`);
    this.width = 0;
  }
}
