/** Which rule refuses an attack, and what it says of it. */
export interface Expected {
  readonly rule: string;
  readonly says: RegExp;
}

/** By program. */
export const ATTACKS: Readonly<Record<string, Expected>> = {
  "redirect-to-itself": {
    rule: "tls-listeners",
    says: /redirect\.protocol is not set, which means HTTP again/,
  },
  "temporary-redirect": { rule: "tls-listeners", says: /redirect\.statusCode is "HTTP_302"/ },
};
