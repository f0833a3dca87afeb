/** The parts of protobuf's reader that are used here. */
export interface Reader {
  nextField(): boolean;
  getFieldNumber(): number;
  skipField(): void;
  readString(): string;
  readDouble(): number;
  readBool(): boolean;
  /** Reads the current message with a function, to its end. */
  readMessage<M>(message: M, read: (message: M, reader: Reader) => void): void;
}

/** The destination of a value. */
interface Place {
  value: unknown;
}

/**
 * Reads a struct from the wire format as a plain object with sorted keys, as the Go engine sends them in any order.
 *
 * Source: protobuf's `google/protobuf/struct.proto`; maps are lists of entries
 * (protobuf.dev/programming-guides/encoding).
 */
export function readStruct(reader: Reader): Record<string, unknown> {
  const entries: [key: string, value: unknown][] = [];
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) reader.readMessage(entries, readEntry);
    else reader.skipField();
  }
  const inOrder = entries.every(([key], at) => at === 0 || entries[at - 1]![0] <= key);
  return Object.fromEntries(inOrder ? entries : entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function readEntry(entries: [string, unknown][], reader: Reader): void {
  const place: Place = { value: null };
  let key = "";
  while (reader.nextField()) {
    const field = reader.getFieldNumber();
    if (field === 1) key = reader.readString();
    else if (field === 2) reader.readMessage(place, readValue);
    else reader.skipField();
  }
  entries.push([key, place.value]);
}

function readValue(place: Place, reader: Reader): void {
  while (reader.nextField()) {
    const field = reader.getFieldNumber();
    if (field === 2) place.value = reader.readDouble();
    else if (field === 3) place.value = reader.readString();
    else if (field === 4) place.value = reader.readBool();
    else if (field === 5) reader.readMessage(place, (_, inner) => (place.value = readStruct(inner)));
    else if (field === 6) reader.readMessage((place.value = []), readList);
    // A null, which it is already, or what a later version has.
    else reader.skipField();
  }
}

function readList(list: unknown[], reader: Reader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() !== 1) {
      reader.skipField();
      continue;
    }
    const place: Place = { value: null };
    reader.readMessage(place, readValue);
    list.push(place.value);
  }
}
