/** A kind of text that no pattern tells; JSON Schema has its name as a `format`, and editors go by the pattern. */
export interface Format {
  readonly name: string;
  readonly accepts: (text: string) => boolean;
}

/** Which texts are allowed, in JSON Schema's terms; whatever is left out says nothing. */
export interface TextRule {
  /** The least length, in code points. */
  readonly minLength?: number;
  /** The greatest length, in code points. */
  readonly maxLength?: number;
  /** What the text has to match, as JavaScript reads it with the flag `u`. */
  readonly pattern?: RegExp;
  readonly format?: Format;
  /** The only texts there are. */
  readonly oneOf?: readonly string[];
}

/** A part of a JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Whether a text is one of those that a rule allows. */
export function allows(
  { minLength = 0, maxLength = Infinity, pattern, format, oneOf }: TextRule,
  text: string,
): boolean {
  const length = [...text].length;
  return (
    length >= minLength &&
    length <= maxLength &&
    (pattern?.test(text) ?? true) &&
    (oneOf?.includes(text) ?? true) &&
    (format?.accepts(text) ?? true)
  );
}

/** The JSON Schema of the texts that a rule allows. */
export function schemaOfText({ minLength, maxLength, pattern, format, oneOf }: TextRule): JsonSchema {
  return {
    type: "string",
    ...(oneOf === undefined ? {} : { enum: oneOf }),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern: pattern.source }),
    ...(format === undefined ? {} : { format: format.name }),
  };
}
