/** What is written to: a terminal, or anything else. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One line on a terminal that tells what is going on; nothing where nobody watches. */
export class Progress {
  private width = 0;

  constructor(private readonly stream: Stream) {}

  /** Shows a line in place of the last one. */
  show(text: string): void {
    if (!this.stream.isTTY) return;
    const line = text.slice(0, (this.stream.columns ?? 80) - 1);
    this.stream.write(`\r${line.padEnd(this.width)}`);
    this.width = line.length;
  }

  /** Wipes the line. */
  clear(): void {
    if (this.width > 0) this.stream.write(`\r${" ".repeat(this.width)}\r`);
    this.width = 0;
  }
}
