/** How long to wait for further saves, in milliseconds: an editor saves several files, and git checks out many. */
const QUIET = 30;

/** Saved files that no run has handled yet. */
export class Saves {
  private readonly paths = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private arrive: () => void = () => undefined;
  private arrival = this.next();

  /** Records a file. */
  add(path: string): void {
    this.paths.add(path);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.arrive(), QUIET);
  }

  /** Resolves once there are files, and no more follow. */
  arrived(): Promise<"saved"> {
    return this.arrival;
  }

  /** Returns and removes the files. */
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
