/**
 * Processes the items in order, a number of them at a time. After a failure it starts no more.
 *
 * @param atATime - at least 1
 * @returns the results, in the items' order
 * @throws the first failure
 */
export async function forSeveral<Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let failed = false;
  const workOn = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      if (failed) return;
      results[index] = await work(item, index);
    }
  };
  const workers = Array.from({ length: atATime }, () =>
    workOn().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  await Promise.all(workers);
  return results;
}
