/** Leaves out of a table the entries that restrict nothing: most properties of most types. */
import { type ApiTable, type Constraints, type Field, SENT } from "../../../policies/api-table";
import { Pool } from "./pool";

/** A smaller table with the same verdicts. It keeps all types, because it also records which types are mapped. */
export function pruned(table: ApiTable): ApiTable {
  const constraints = new Pool<Constraints>();
  /**
   * Old positions to new ones; none for an entry that restricts nothing. An entry comes after those that it refers to.
   */
  const positions = new Map<number, number>();
  const moved = (key: "i" | "k", old: number | undefined) => {
    const at = old === undefined ? undefined : positions.get(old);
    return at === undefined ? {} : { [key]: at };
  };
  constraints.position({});
  for (const [old, { f, i, k, s, ...rest }] of table.constraints.entries()) {
    const fields = f && prunedFields(f, rest.u === 1, positions);
    const kept = { ...rest, ...(fields ? { f: fields } : {}), ...moved("i", i), ...moved("k", k) };
    if (Object.keys(kept).length > 0) positions.set(old, constraints.position(s ? { ...kept, s } : kept));
  }
  return {
    ...table,
    constraints: constraints.items,
    types: Object.fromEntries(
      Object.entries(table.types).map(([type, [operation, at]]) => [
        type,
        [operation, positions.get(at) ?? 0],
      ]),
    ),
  };
}

function prunedFields(
  fields: Readonly<Record<string, Field>>,
  isUnion: boolean,
  positions: ReadonlyMap<number, number>,
): Record<string, Field> | undefined {
  const kept = Object.entries(fields).flatMap(([name, [at, ...rest]]): [string, Field][] => {
    const position = positions.get(at);
    return position !== undefined || isUnion || rest[1] === SENT.always
      ? [[name, [position ?? 0, ...rest]]]
      : [];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
