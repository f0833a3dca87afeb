/** Things that occur often, each kept once and referred to by its position. */
export class Pool<T> {
  readonly items: T[] = [];
  private readonly positions = new Map<string, number>();

  /** Where an item is; puts it there first, if it is new. */
  position(item: T): number {
    const key = JSON.stringify(item);
    const known = this.positions.get(key) ?? this.items.push(item) - 1;
    this.positions.set(key, known);
    return known;
  }
}
