import { apiTable, type Bounds, type Constraints, type Field, SENT } from "./api-table";
import { isList, read, readList, type Reading } from "./read";
import { isMap, mapKeys } from "./read-each";

/** An objection of AWS's API models to a value. */
export interface Objection {
  /** The property as its author wrote it, for example `healthCheck.path`. */
  readonly path: string;
  /** A sentence without a full stop: the property, its value, what is allowed, and AWS's page. */
  readonly message: string;
  /** Advisory for a value that is not in AWS's list, which may have grown since; mandatory for anything else. */
  readonly level: "advisory" | "mandatory";
}

/**
 * Judges the inputs of a resource by AWS's API models. Unknown values are skipped.
 *
 * @param type its type token; there are no objections to a type that the table lacks
 * @param props its inputs from the policy SDK, or plain values
 */
export function judgeInputs(type: string, props: unknown): Objection[] {
  const table = apiTable();
  const entry = Object.hasOwn(table.types, type) ? table.types[type] : undefined;
  if (entry === undefined) return [];
  const [operation, constraints] = entry;
  return objectionsTo(props, table.constraints[constraints]!, {
    path: "",
    member: "",
    operation,
    sent: SENT.always,
  });
}

/** The place of a value in the program and in the request. */
interface Place {
  readonly path: string;
  readonly member: string;
  readonly operation: number;
  readonly sent: number;
}

function objectionsTo(value: unknown, constraints: Constraints, place: Place): Objection[] {
  if (constraints.f)
    return isMap(value) ? fieldObjections(value, constraints.f, constraints.u === 1, place) : [];
  if (Array.isArray(value)) return elementObjections(value, constraints, place);
  if (isMap(value)) return entryObjections(value, constraints, place);
  return typeof value === "string" || typeof value === "number"
    ? scalarObjections(value, constraints, place)
    : [];
}

function fieldObjections(
  value: object,
  fields: Readonly<Record<string, Field>>,
  isUnion: boolean,
  place: Place,
): Objection[] {
  const { constraints } = apiTable();
  const given: string[] = [];
  const objections = Object.entries(fields).flatMap(
    ([name, [at, member, sent, operation = place.operation]]) => {
      const reading = read(value, [name]);
      if (reading.kind === "absent" && sent !== SENT.always) return [];
      const inner = { path: place.path === "" ? name : `${place.path}.${name}`, member, operation, sent };
      if (isGiven(reading)) given.push(name);
      if (reading.kind === "absent") return [objection(inner, "is not set", "requires it")];
      return reading.kind === "known" ? objectionsTo(reading.value, constraints[at]!, inner) : [];
    },
  );
  if (!isUnion || given.length === 1) return objections;
  const got = given.length === 0 ? "has none of its fields" : `has ${given.join(" and ")}`;
  return [...objections, objection(place, got, `requires exactly one of ${Object.keys(fields).join(", ")}`)];
}

/** The provider omits empty values from a request. */
function isGiven(reading: Reading): boolean {
  if (reading.kind !== "known") return reading.kind === "unknown";
  return Array.isArray(reading.value) ? reading.value.length > 0 : reading.value !== "";
}

function elementObjections(list: readonly unknown[], { i, n }: Constraints, place: Place): Objection[] {
  const readings = readList(list, []);
  if (!isList(readings)) return [];
  const element = i === undefined ? undefined : apiTable().constraints[i]!;
  return [
    ...countObjections(readings.length, n, place, "elements"),
    ...readings.flatMap((reading, index) =>
      element && reading.kind === "known"
        ? objectionsTo(reading.value, element, {
            ...place,
            path: `${place.path}[${index}]`,
            sent: SENT.ifSet,
          })
        : [],
    ),
  ];
}

function entryObjections(map: object, { i, k, n }: Constraints, place: Place): Objection[] {
  // Most maps have no constraints, and some have thousands of entries.
  if (i === undefined && k === undefined && n === undefined) return [];
  const { constraints } = apiTable();
  const keys = mapKeys(map);
  return [
    ...countObjections(keys.length, n, place, "entries"),
    ...keys.flatMap((key) => {
      const inner = { ...place, path: `${place.path}[${JSON.stringify(key)}]`, sent: SENT.ifSet };
      const reading = read(map, [key]);
      return [
        ...(k === undefined
          ? []
          : scalarObjections(key, constraints[k]!, { ...inner, path: `a key of ${place.path}` })),
        ...(i !== undefined && reading.kind === "known"
          ? objectionsTo(reading.value, constraints[i]!, inner)
          : []),
      ];
    }),
  ];
}

function countObjections(count: number, bounds: Bounds | undefined, place: Place, what: string): Objection[] {
  if (bounds === undefined || within(count, bounds) || (count === 0 && place.sent === SENT.ifNotEmpty))
    return [];
  return [objection(place, `has ${count} ${what}`, range(bounds))];
}

function scalarObjections(value: string | number, constraints: Constraints, place: Place): Objection[] {
  const text = String(value);
  if ((text === "" || text === "0") && place.sent === SENT.ifNotEmpty) return [];
  const { enums, patterns, botocore } = apiTable();
  const { c, e, l, p, r } = constraints;
  const found: Objection[] = [];
  // Characters as AWS counts them; `length` counts those outside the basic plane twice.
  if (l && !within([...text].length, l)) {
    found.push(objection(place, `has ${[...text].length} characters`, range(l)));
  }
  if (r && /^-?\d+(\.\d+)?$/.test(text) && !within(Number(text), r)) {
    found.push(objection(place, `is ${text}`, range(r)));
  }
  if (p !== undefined && !expression(patterns[p]!).test(text)) {
    found.push(
      objection(place, `is ${shown(text, constraints, place)}`, `allows values that match ${patterns[p]}`),
    );
  }
  if (e !== undefined && !enums[e]!.some((word) => word.toLowerCase() === text.toLowerCase())) {
    const allowed = `allows ${listed(enums[e]!)}`;
    found.push(
      c === 1
        ? objection(place, `is ${shown(text, constraints, place)}`, allowed)
        : objection(
            place,
            `is ${shown(text, constraints, place)}`,
            `${allowed}, as of ${botocore.released}`,
            "advisory",
          ),
    );
  }
  return found;
}

const expressions = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(pattern, "u");
  expressions.set(pattern, known);
  return known;
}

function objection(
  { path, member, operation }: Place,
  got: string,
  allowed: string,
  level: Objection["level"] = "mandatory",
): Objection {
  const [service, api, name] = apiTable().operations[operation]!;
  const page = `https://docs.aws.amazon.com/goto/WebAPI/${api}/${name}`;
  return {
    path,
    message: `${path} ${got}; AWS ${allowed} (${member} of ${service} ${name}, ${page})`,
    level,
  };
}

/** Names of properties that may hold secrets, even if the model does not mark them as sensitive. */
const SECRET = /pass(word|phrase)|secret|token|credential|private|userdata|auth|^key$|apikey/i;

/** Shows a value that looks like a misplaced or misspelled value of AWS's lists; any other text may be a secret. */
function shown(text: string, { s }: Constraints, { path }: Place): string {
  if (text === "") return "an empty string";
  return s === undefined && !SECRET.test(path) && /^[\w.:/-]{1,40}$/.test(text)
    ? JSON.stringify(text)
    : "another string (not shown, as it may be secret)";
}

function listed(words: readonly string[]): string {
  return words.length <= 12
    ? words.join(", ")
    : `${words.slice(0, 12).join(", ")} and ${words.length - 12} more`;
}

function within(number: number, [least, most]: Bounds): boolean {
  return number >= (least ?? -Infinity) && number <= (most ?? Infinity);
}

/** Completes "AWS …". */
function range([least, most]: Bounds): string {
  if (least === null) return `allows at most ${most}`;
  if (most === null) return `requires at least ${least}`;
  return least === most ? `requires exactly ${least}` : `allows ${least} to ${most}`;
}
