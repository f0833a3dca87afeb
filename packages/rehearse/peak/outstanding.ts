/**
 * How many requests each server works on or has waiting, in an order by which one with the fewest is found at once: the
 * servers stand sorted by their number, and one that gets or ends a request moves to the border of those with the same.
 */
export class Outstanding {
  private readonly counts: Int32Array;
  /** Servers, those with the fewest requests first. */
  private readonly order: Int32Array;
  private readonly places: Int32Array;
  /** By number of requests: where in the order the servers with as many, or more, begin. */
  private readonly starts: number[] = [0];

  /** @param active - How many of the servers get requests, from the first on. */
  constructor(
    servers: number,
    private active: number,
  ) {
    this.counts = new Int32Array(servers);
    this.order = new Int32Array(servers);
    this.places = new Int32Array(servers);
    this.resize(active);
  }

  /** Lets another number of servers get requests; the others end what they have. */
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

  /** How many servers have the fewest requests; they are the first in the order. */
  get ties(): number {
    return this.startOf(this.of(this.order[0] ?? 0) + 1);
  }

  /** The server at a place of the order. */
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
