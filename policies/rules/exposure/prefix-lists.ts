import { parseCidr } from "../../cidr";
import type { AddressRange } from "../../cidr";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import { PREFIX_LIST, PREFIX_LIST_ENTRY } from "../../resources";
import type { StackSubject } from "../../rule";
import { given, withOnly } from "../../stack";
import type { Stack } from "../../stack";
import { EVERYWHERE } from "./cidr";
import type { PrefixLists } from "./ingress";

/**
 * Reads the managed prefix lists of a stack, with the entries that other resources add to them.
 *
 * @param trusted IDs of lists that are known not to contain the world; `*` trusts all of them
 */
export function prefixListsIn(stack: Stack, trusted: readonly string[]): PrefixLists<StackSubject> {
  const listsOf = stack.to(PREFIX_LIST);
  const entries = new Map<string, StackSubject[]>();
  for (const entry of stack.ofTypes(PREFIX_LIST_ENTRY)) {
    for (const { urn } of listsOf(entry, "prefixListId")) {
      entries.set(urn, [...(entries.get(urn) ?? []), entry]);
    }
  }
  const blocksOf = (list: StackSubject): AddressRange[] => [
    ...inlineBlocks(list),
    ...(entries.get(list.urn) ?? []).map(({ props }) => block(read(props, ["cidr"]))),
  ];
  return (from, property, id) => {
    if (trusted.includes("*")) return [];
    if (id.kind === "known" && typeof id.value === "string" && trusted.includes(id.value)) return [];
    const found = listsOf(withOnly(from, property, id), property);
    return found.length === 0 ? undefined : found.flatMap(blocksOf);
  };
}

function inlineBlocks(list: StackSubject): AddressRange[] {
  if (given(list, "entries").kind === "absent") return [];
  const entries = readList(list.props, ["entries"]);
  if (!isList(entries)) return [EVERYWHERE];
  return entries.map((entry) => block(entry.kind === "known" ? read(entry.value, ["cidr"]) : entry));
}

/** A block that cannot be read counts as the world. */
function block(cidr: Reading): AddressRange {
  const text = cidr.kind === "known" && typeof cidr.value === "string" ? cidr.value : "";
  return parseCidr(text) ?? EVERYWHERE;
}
