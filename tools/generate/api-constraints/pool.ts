/** Keeps items that occur often once, and refers to each by its position. */
export class Pool<T> {
  readonly items: T[] = [];
  private readonly positions = new Map<string, number>();

  /** The position of an item; adds the item first if it is new. */
  position(item: T): number {
    const key = JSON.stringify(item);
    const known = this.positions.get(key) ?? this.items.push(item) - 1;
    this.positions.set(key, known);
    return known;
  }
}
