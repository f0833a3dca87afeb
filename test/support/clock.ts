/**
 * Runs a function while this process's clock starts from another time.
 *
 * @param time - the time at the beginning, in ISO 8601
 */
export async function withClock<T>(time: string, work: () => Promise<T>): Promise<T> {
  const RealDate = Date;
  const ahead = RealDate.parse(time) - RealDate.now();
  globalThis.Date = class extends RealDate {
    constructor(...args: readonly unknown[]) {
      super(...((args.length === 0 ? [RealDate.now() + ahead] : args) as [number]));
    }
    static override now(): number {
      return RealDate.now() + ahead;
    }
  } as DateConstructor;
  try {
    return await work();
  } finally {
    globalThis.Date = RealDate;
  }
}
