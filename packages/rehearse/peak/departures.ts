/** Requests in progress, ordered by the time when they end: a binary heap in typed arrays. */
export class Departures {
  private times = new Float64Array(1024);
  private servers = new Int32Array(1024);
  private size = 0;

  /** The time when the first one ends; Infinity if there are none. */
  get first(): number {
    return this.size === 0 ? Infinity : (this.times[0] ?? Infinity);
  }

  push(time: number, server: number): void {
    if (this.size === this.times.length) this.grow();
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.times[parent] ?? 0;
      if (above <= time) break;
      this.times[at] = above;
      this.servers[at] = this.servers[parent] ?? 0;
      at = parent;
    }
    this.times[at] = time;
    this.servers[at] = server;
  }

  /** Removes the first one, and returns its server. */
  pop(): number {
    const server = this.servers[0] ?? 0;
    const last = --this.size;
    const [time, moved] = [this.times[last] ?? 0, this.servers[last] ?? 0];
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && (this.times[child + 1] ?? 0) < (this.times[child] ?? 0)) child++;
      const below = this.times[child] ?? 0;
      if (below >= time) break;
      this.times[at] = below;
      this.servers[at] = this.servers[child] ?? 0;
      at = child;
    }
    this.times[at] = time;
    this.servers[at] = moved;
    return server;
  }

  private grow(): void {
    const [times, servers] = [new Float64Array(2 * this.size), new Int32Array(2 * this.size)];
    times.set(this.times);
    servers.set(this.servers);
    [this.times, this.servers] = [times, servers];
  }
}
