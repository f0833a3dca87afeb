/**
 * The number of requests that each server processes or queues. Servers are sorted by this number, so that one with
 * the fewest is found at once; a server whose number changes moves to the border between two numbers.
 */
export class Outstanding {
  private readonly counts: Int32Array;
  /** Servers, sorted by their number of requests. */
  private readonly order: Int32Array;
  private readonly places: Int32Array;
  /** By number of requests: the position of the first server with at least as many. */
  private readonly starts: number[] = [0];

  /** @param active - how many servers receive requests, starting with the first */
  constructor(
    servers: number,
    private active: number,
  ) {
    this.counts = new Int32Array(servers);
    this.order = new Int32Array(servers);
    this.places = new Int32Array(servers);
    this.resize(active);
  }

  /** Changes the number of servers that receive requests; the others finish theirs. */
  resize(active: number): void {
    this.active = active;
    const sorted = Array.from({ length: active }, (_, server) => server).sort(
      (a, b) => this.of(a) - this.of(b),
    );
    this.places.fill(-1);
    this.starts.length = 0;
    sorted.forEach((server, place) => {
      this.order[place] = server;
      this.places[server] = place;
      while (this.starts.length <= this.of(server)) this.starts.push(place);
    });
    this.starts.push(active);
  }

  of(server: number): number {
    return this.counts[server] ?? 0;
  }

  /** The number of servers with the fewest requests; they come first in the order. */
  get ties(): number {
    return this.startOf(this.of(this.order[0] ?? 0) + 1);
  }

  /** The server at a position of the order. */
  at(place: number): number {
    return this.order[place] ?? 0;
  }

  increase(server: number): void {
    const count = this.of(server);
    const place = this.places[server] ?? -1;
    this.counts[server] = count + 1;
    if (place < 0) return;
    const border = this.startOf(count + 1) - 1;
    this.swap(place, border);
    this.starts[count + 1] = border;
    if (this.starts.length === count + 2) this.starts.push(this.active);
  }

  decrease(server: number): void {
    const count = this.of(server);
    const place = this.places[server] ?? -1;
    this.counts[server] = count - 1;
    if (place < 0) return;
    const border = this.startOf(count);
    this.swap(place, border);
    this.starts[count] = border + 1;
  }

  private startOf(count: number): number {
    return this.starts[count] ?? this.active;
  }

  private swap(a: number, b: number): void {
    const [first, second] = [this.at(a), this.at(b)];
    this.order[a] = second;
    this.places[second] = a;
    this.order[b] = first;
    this.places[first] = b;
  }
}
