/** The instances of a group, by zone: those that boot, serve, drain, are lost or wait in a warm pool. */
import type { WarmPool } from "./fleet";

/** How long things take, in seconds. */
export interface Delays {
  /** From launch until an instance serves. */
  readonly ready: number;
  /** The same from the warm pool. */
  readonly warmReady: number;
  /** From launch until it counts for scaling. */
  readonly warmup: number;
  /** While it gets fewer requests. */
  readonly slowStart: number;
  /** From when it gets no more requests until it has ended. */
  readonly drain: number;
  /** From a loss until the balancer sends no more requests there. */
  readonly detect: number;
  /** From a loss until the group replaces what it lost. */
  readonly replace: number;
}

/** Instances of a zone that were launched together and aren't settled yet. */
interface Batch {
  readonly zone: number;
  count: number;
  readonly readyAt: number;
  readonly warmAt: number;
}

/** Instances that are gone, but that the balancer, or the group, doesn't know of yet. */
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

  /** Instances that the group counts, those too that it doesn't know to be lost. */
  get size(): number {
    return this.alive + countOf(this.losses);
  }

  private get alive(): number {
    return sum(this.settled) + countOf(this.batches);
  }

  /** Instances that run, and so are paid for. */
  running(): number {
    const waiting = this.warmPool?.isRunning === true ? this.pool.length : 0;
    return this.alive + waiting + countOf(this.draining);
  }

  /** Instances that get requests and serve them. */
  serving(now: number): number {
    let serving = sum(this.settled);
    for (const { count, readyAt } of this.batches) if (readyAt <= now) serving += count;
    return serving;
  }

  /** The same in whole instances' worth: of those in slow start a part. */
  capacity(now: number): number {
    const { slowStart } = this.delays;
    let capacity = sum(this.settled);
    for (const { count, readyAt } of this.batches)
      if (readyAt <= now)
        capacity += count * (slowStart === 0 ? 1 : Math.min(1, (now - readyAt) / slowStart));
    return capacity;
  }

  /** Instances that warm up. */
  warming(now: number): number {
    let warming = 0;
    for (const { count, warmAt } of this.batches) if (warmAt > now) warming += count;
    return warming;
  }

  /** Whether any boots or drains. */
  isBusy(now: number): boolean {
    return this.draining.length > 0 || this.batches.some(({ readyAt }) => readyAt > now);
  }

  /** Instances that are gone and still get requests. */
  black(now: number): number {
    let black = 0;
    for (const { count, detectedAt } of this.losses) if (detectedAt > now) black += count;
    return black;
  }

  /** The zone with the most instances that serve. */
  fullest(now: number): number {
    const counts = this.settled.map((count, zone) =>
      this.batches.reduce(
        (all, one) => all + (one.zone === zone && one.readyAt <= now ? one.count : 0),
        count,
      ),
    );
    return counts.indexOf(Math.max(...counts));
  }

  /** Lets the time pass: instances become ready, end, and are found to be lost. Returns how many the group finds lost. */
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

  /** Launches or ends instances until the group has as many as it wants; returns by how many it changed. */
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
    // Those of one launch stand at the end, one for each zone.
    const alike = this.batches.findLast((batch) => batch.zone === zone);
    if (alike?.readyAt === readyAt) alike.count++;
    else this.batches.push({ zone, count: 1, readyAt, warmAt: now + this.delays.warmup });
  }

  /** One of the zone with the most, which served the longest. */
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

  /** The zone that is first by its number of instances, among those that aren't lost. */
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

  /** Gives the warm pool its instances, ready from the beginning. */
  fillPoolAtOnce(wanted: number, most: number, now: number): void {
    if (this.warmPool !== undefined) this.fillPool(this.warmPool, wanted, most, now - this.delays.ready);
  }

  /** A zone is gone, with all that is in it, and stays so. */
  loseZone(zone: number, now: number): void {
    this.lostZones.add(zone);
    const [gone, others] = partition(this.batches, (batch) => batch.zone === zone);
    this.batches = others;
    const [ready, booting] = partition(gone, ({ readyAt }) => readyAt <= now);
    this.lose((this.settled[zone] ?? 0) + countOf(ready), now, this.delays.detect);
    // What booted there got no requests yet.
    this.lose(countOf(booting), now, 0);
    this.settled[zone] = 0;
  }

  /** One instance is gone. */
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
