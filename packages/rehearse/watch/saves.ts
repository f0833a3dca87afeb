/** How long nothing more has to be saved: an editor saves several files, and git checks out many. In milliseconds. */
const QUIET = 30;

/** The files that were saved and that no run has taken account of. */
export class Saves {
  private readonly paths = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private arrive: () => void = () => undefined;
  private arrival = this.next();

  /** Takes note of one. */
  add(path: string): void {
    this.paths.add(path);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.arrive(), QUIET);
  }

  /** Resolves once there are some, and no more come. */
  arrived(): Promise<"saved"> {
    return this.arrival;
  }

  /** Takes them. */
  take(): string[] {
    clearTimeout(this.timer);
    this.arrival = this.next();
    const taken = [...this.paths];
    this.paths.clear();
    return taken;
  }

  private next(): Promise<"saved"> {
    return new Promise((resolve) => (this.arrive = () => resolve("saved")));
  }
}
