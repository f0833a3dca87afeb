/** Reads from the provider's documentation, in the SDK's declarations, which changes replace a resource. */

/** The phrases that the provider's authors use for a replacement. */
const REPLACES =
  /\b(?:forces?|creates?|will create|will force(?: Terraform to create)?|causes?|requires?)(?: the| a| an)? (?:new resource|replacement|re-?creation|creation of a new)|forces? (?:a )?new resource|must be (?:destroyed and )?re-?created/i;

/** Words that make a replacement depend on more than the change. */
const CONDITION =
  /\b(?:unless|only if|only when|if (?!changed|modified)|when (?!changed|modified)|for (?!this)|from|existing|without|not|doesn't|won't)\b/i;

/**
 * Reads a property's documentation.
 *
 * @returns whether a change replaces the resource, or may replace it; undefined if the text doesn't say
 */
export function documented(text: string): "yes" | "maybe" | undefined {
  const sentences = text
    .replace(/\s+/g, " ")
    .split(/[.!]/)
    .filter((sentence) => REPLACES.test(sentence));
  if (sentences.length === 0) return undefined;
  return sentences.some((sentence) => !CONDITION.test(sentence)) ? "yes" : "maybe";
}
