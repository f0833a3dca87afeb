import type { Expected } from ".";

/** By program in `programs/tls/`. */
export const tls: Readonly<Record<string, Expected>> = {
  "redirect-to-itself": {
    rule: "tls-listeners",
    says: /redirect\.protocol is not set, which means HTTP again/,
  },
  "temporary-redirect": { rule: "tls-listeners", says: /redirect\.statusCode is "HTTP_302"/ },
};
