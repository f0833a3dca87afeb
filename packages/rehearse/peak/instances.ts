/** The instances of a group, by zone: booting, serving, draining, lost, or waiting in a warm pool. */
import type { WarmPool } from "./fleet";

/** Durations, in seconds. */
export interface Delays {
  /** From launch until an instance serves. */
  readonly ready: number;
  /** The same for an instance from the warm pool. */
  readonly warmReady: number;
  /** From launch until it counts for scaling. */
  readonly warmup: number;
  /** How long it gets fewer requests. */
  readonly slowStart: number;
  /** From its last request until it has ended. */
  readonly drain: number;
  /** From a loss until the load balancer stops sending requests there. */
  readonly detect: number;
  /** From a loss until the group replaces the instance. */
  readonly replace: number;
}

/** Instances of a zone that were launched together and aren't fully in service yet. */
interface Batch {
  readonly zone: number;
  count: number;
  readonly readyAt: number;
  readonly warmAt: number;
}

/** Lost instances that the load balancer or the group hasn't noticed yet. */
interface Loss {
  readonly count: number;
  readonly detectedAt: number;
  readonly replacedAt: number;
}

/** The instances of one group. */
export class Instances {
  /** Instances that serve and have warmed up, by zone. */
  private readonly settled: number[];
  private batches: Batch[] = [];
  private losses: Loss[] = [];
  private draining: { count: number; readonly endsAt: number }[] = [];
  private readonly lostZones = new Set<number>();
  /** When each instance of the warm pool is ready. */
  private pool: number[] = [];

  constructor(
    private readonly zones: number,
    private readonly delays: Delays,
    private readonly warmPool: WarmPool | undefined,
    count: number,
  ) {
    this.settled = Array.from({ length: zones }, (_, zone) => Math.floor((count + zones - 1 - zone) / zones));
  }

  /** Instances that the group counts, including lost ones that it hasn't noticed. */
  get size(): number {
    return this.alive + countOf(this.losses);
  }

  private get alive(): number {
    return sum(this.settled) + countOf(this.batches);
  }

  /** Instances that run and are paid for. */
  running(): number {
    const waiting = this.warmPool?.isRunning === true ? this.pool.length : 0;
    return this.alive + waiting + countOf(this.draining);
  }

  /** Instances that receive and serve requests. */
  serving(now: number): number {
    let serving = sum(this.settled);
    for (const { count, readyAt } of this.batches) if (readyAt <= now) serving += count;
    return serving;
  }

  /** The same as a number of full instances: those in slow start count in part. */
  capacity(now: number): number {
    const { slowStart } = this.delays;
    let capacity = sum(this.settled);
    for (const { count, readyAt } of this.batches)
      if (readyAt <= now)
        capacity += count * (slowStart === 0 ? 1 : Math.min(1, (now - readyAt) / slowStart));
    return capacity;
  }

  /** Instances in warm-up. */
  warming(now: number): number {
    let warming = 0;
    for (const { count, warmAt } of this.batches) if (warmAt > now) warming += count;
    return warming;
  }

  /** Whether any instance boots or drains. */
  isBusy(now: number): boolean {
    return this.draining.length > 0 || this.batches.some(({ readyAt }) => readyAt > now);
  }

  /** Lost instances that still receive requests. */
  black(now: number): number {
    let black = 0;
    for (const { count, detectedAt } of this.losses) if (detectedAt > now) black += count;
    return black;
  }

  /** The zone with the most serving instances. */
  fullest(now: number): number {
    const counts = this.settled.map((count, zone) =>
      this.batches.reduce(
        (all, one) => all + (one.zone === zone && one.readyAt <= now ? one.count : 0),
        count,
      ),
    );
    return counts.indexOf(Math.max(...counts));
  }

  /** Advances the time: instances become ready, end, and are found lost. Returns how many the group finds lost. */
  pass(now: number): number {
    let found = 0;
    if (this.batches.length > 0) {
      const [settled, others] = partition(
        this.batches,
        ({ readyAt, warmAt }) => warmAt <= now && readyAt + this.delays.slowStart <= now,
      );
      for (const { zone, count } of settled) this.settled[zone] = (this.settled[zone] ?? 0) + count;
      this.batches = others;
    }
    if (this.draining.length > 0) this.draining = this.draining.filter(({ endsAt }) => endsAt > now);
    if (this.losses.length > 0) {
      const [replaced, others] = partition(this.losses, ({ replacedAt }) => replacedAt <= now);
      for (const { count } of replaced) found += count;
      this.losses = others;
    }
    return found;
  }

  /** Launches or ends instances until the group has the wanted size; returns the change. */
  adjust(wanted: number, most: number, now: number): number {
    const change = wanted - this.size;
    for (let index = 0; index < change; index++) this.launch(now);
    for (let index = 0; index < -change; index++) this.end(now);
    if (this.warmPool !== undefined) this.fillPool(this.warmPool, wanted, most, now);
    return change;
  }

  private launch(now: number): void {
    const zone = this.zoneBy((a, b) => a < b);
    if (zone === undefined) return;
    const waiting = this.pool.findIndex((readyAt) => readyAt <= now);
    if (waiting >= 0) this.pool.splice(waiting, 1);
    const ready = waiting >= 0 ? this.delays.warmReady : this.delays.ready;
    const readyAt = now + ready;
    // The batches of one launch are at the end, one for each zone.
    const alike = this.batches.findLast((batch) => batch.zone === zone);
    if (alike?.readyAt === readyAt) alike.count++;
    else this.batches.push({ zone, count: 1, readyAt, warmAt: now + this.delays.warmup });
  }

  /** Ends the oldest serving instance in the zone with the most. */
  private end(now: number): void {
    const zone = this.zoneBy((a, b) => a > b);
    if (zone === undefined) return;
    if ((this.settled[zone] ?? 0) > 0) {
      this.settled[zone] = (this.settled[zone] ?? 0) - 1;
    } else {
      const batch = this.batches.findIndex((one) => one.zone === zone);
      const one = this.batches[batch];
      if (one === undefined) return;
      if (--one.count === 0) this.batches.splice(batch, 1);
    }
    const endsAt = now + this.delays.drain;
    const last = this.draining.at(-1);
    if (last?.endsAt === endsAt) last.count++;
    else if (endsAt > now) this.draining.push({ count: 1, endsAt });
  }

  /** The first zone by its number of instances, among those that aren't lost. */
  private zoneBy(isBefore: (a: number, b: number) => boolean): number | undefined {
    let best: number | undefined;
    let bestCount = 0;
    for (let zone = 0; zone < this.zones; zone++) {
      if (this.lostZones.has(zone)) continue;
      let count = this.settled[zone] ?? 0;
      for (const batch of this.batches) if (batch.zone === zone) count += batch.count;
      if (best === undefined || isBefore(count, bestCount)) [best, bestCount] = [zone, count];
    }
    return best;
  }

  private fillPool({ minSize, maxPrepared }: WarmPool, wanted: number, most: number, now: number): void {
    const target = Math.max(minSize, (maxPrepared ?? most) - wanted);
    while (this.pool.length > target) this.pool.pop();
    while (this.pool.length < target) this.pool.push(now + this.delays.ready);
  }

  /** Fills the warm pool with instances that are ready from the start. */
  fillPoolAtOnce(wanted: number, most: number, now: number): void {
    if (this.warmPool !== undefined) this.fillPool(this.warmPool, wanted, most, now - this.delays.ready);
  }

  /** Loses a zone with all of its instances, for good. */
  loseZone(zone: number, now: number): void {
    this.lostZones.add(zone);
    const [gone, others] = partition(this.batches, (batch) => batch.zone === zone);
    this.batches = others;
    const [ready, booting] = partition(gone, ({ readyAt }) => readyAt <= now);
    this.lose((this.settled[zone] ?? 0) + countOf(ready), now, this.delays.detect);
    // Instances that were booting there received no requests yet.
    this.lose(countOf(booting), now, 0);
    this.settled[zone] = 0;
  }

  /** Loses one instance. */
  loseOne(zone: number, now: number): void {
    if ((this.settled[zone] ?? 0) > 0) this.settled[zone] = (this.settled[zone] ?? 0) - 1;
    else {
      const batch = this.batches.find((one) => one.zone === zone && one.count > 0 && one.readyAt <= now);
      if (batch === undefined) return;
      batch.count--;
    }
    this.lose(1, now, this.delays.detect);
  }

  private lose(count: number, now: number, detect: number): void {
    if (count === 0) return;
    this.losses.push({ count, detectedAt: now + detect, replacedAt: now + this.delays.replace });
  }
}

function countOf(groups: readonly { readonly count: number }[]): number {
  let total = 0;
  for (const { count } of groups) total += count;
  return total;
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function partition<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const one of all) (test(one) ? yes : no).push(one);
  return [yes, no];
}
