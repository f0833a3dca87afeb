/**
 * Simulates servers behind a balancer, request by request: requests arrive at random, the balancer chooses a server,
 * and they queue there for one of its slots. The memory depends on the servers and the requests in progress, not on
 * the total number of requests.
 */
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

import { Departures } from "./departures";
import { Histogram } from "./histogram";
import { Outstanding } from "./outstanding";
import type { Balancing, Service } from "./types";

/** The input of the simulation. */
export interface Queueing {
  /** The most servers. */
  readonly servers: number;
  /** Requests that each server processes at a time. */
  readonly concurrency: number;
  /** The average seconds of a request. */
  readonly meanSeconds: number;
  readonly service: Service;
  readonly balancing: Balancing;
  /** Seconds after which a waiting request fails. @default Infinity */
  readonly patienceSeconds?: number;
  /** The same seed gives the same requests. */
  readonly seed: number;
}

/** The spread of lognormal durations: mean and median differ by a factor of 1.65. */
const SIGMA = 1;

/** A run of the simulation. */
export class Requests {
  /** Seconds from arrival to answer. */
  readonly latency = new Histogram();
  /** Seconds in the queue, summed over all served requests. */
  waited = 0;
  arrived = 0;
  /** Requests that waited too long, or found no server. */
  failed = 0;
  /** By server. */
  readonly served: Float64Array;
  private readonly random: RandomGenerator;
  private readonly slots: Float64Array;
  private readonly outstanding: Outstanding | undefined;
  private readonly departures = new Departures();
  private readonly patience: number;
  private active: number;
  private turn = -1;
  private now = 0;

  constructor(private readonly queueing: Queueing) {
    const { servers, concurrency, balancing, seed, patienceSeconds = Infinity } = queueing;
    this.random = xoroshiro128plus(seed);
    this.slots = new Float64Array(servers * concurrency);
    this.served = new Float64Array(servers);
    this.active = servers;
    this.patience = patienceSeconds;
    const looks = balancing === "leastOutstanding" || balancing === "powerOfTwo";
    this.outstanding = looks ? new Outstanding(servers, servers) : undefined;
  }

  /** Changes the number of servers that receive requests, starting with the first; the others finish theirs. */
  resize(servers: number): void {
    if (servers === this.active) return;
    this.active = servers;
    this.outstanding?.resize(servers);
  }

  /** Lets requests arrive at a rate a second until a time, in seconds from the start. */
  run(rate: number, until: number): void {
    if (rate > 0)
      for (let next = this.now + this.gap(rate); next < until; next += this.gap(rate)) this.arrive(next);
    // Arrivals have no memory: a new rate can start at any time.
    this.now = until;
  }

  private gap(rate: number): number {
    return -Math.log(this.uniform()) / rate;
  }

  private arrive(now: number): void {
    this.arrived++;
    if (this.active === 0) {
      this.failed++;
      return;
    }
    const { outstanding, departures } = this;
    if (outstanding !== undefined) while (departures.first <= now) outstanding.decrease(departures.pop());
    const server = this.choose();
    const { concurrency } = this.queueing;
    const free = this.slots[server * concurrency] ?? 0;
    const start = free > now ? free : now;
    if (start - now > this.patience) {
      this.failed++;
      return;
    }
    const end = start + this.duration();
    this.occupy(server * concurrency, concurrency, end);
    this.waited += start - now;
    this.served[server] = (this.served[server] ?? 0) + 1;
    this.latency.add(end - now);
    if (outstanding === undefined) return;
    outstanding.increase(server);
    departures.push(end, server);
  }

  private choose(): number {
    const { active, outstanding } = this;
    switch (this.queueing.balancing) {
      case "roundRobin":
        this.turn = this.turn + 1 < active ? this.turn + 1 : 0;
        return this.turn;
      case "weightedRandom":
        return this.below(active);
      case "leastOutstanding":
        return outstanding?.at(this.below(outstanding.ties)) ?? 0;
      case "powerOfTwo": {
        const [one, other] = [this.below(active), this.below(active)];
        return (outstanding?.of(other) ?? 0) < (outstanding?.of(one) ?? 0) ? other : one;
      }
    }
  }

  /** Occupies the slot that becomes free first, at the head of the server's heap, until a new end. */
  private occupy(from: number, count: number, end: number): void {
    const { slots } = this;
    let at = 0;
    for (let child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && (slots[from + child + 1] ?? 0) < (slots[from + child] ?? 0)) child++;
      const below = slots[from + child] ?? 0;
      if (below >= end) break;
      slots[from + at] = below;
      at = child;
    }
    slots[from + at] = end;
  }

  private duration(): number {
    const { meanSeconds, service } = this.queueing;
    if (service === "deterministic") return meanSeconds;
    if (service === "exponential") return -Math.log(this.uniform()) * meanSeconds;
    // Box-Muller transform; the distribution has the requested mean.
    const normal = Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
    return meanSeconds * Math.exp(SIGMA * normal - (SIGMA * SIGMA) / 2);
  }

  /** A number above 0 and below 1. */
  private uniform(): number {
    return ((this.random.next() >>> 0) + 0.5) / 2 ** 32;
  }

  /** A whole number from 0 to below the limit. */
  private below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }
}
