/** What browsers are told with every answer, whatever the store's own headers say. */
export interface SecurityHeaders {
  /** Seconds that a browser remembers to come by HTTPS only; 0 makes it forget. */
  readonly hstsMaxAgeSeconds: number;
  /** Whether that holds for every name under the store's. */
  readonly hstsIncludeSubDomains: boolean;
  /** The `Content-Security-Policy`; an empty text leaves it to the store. */
  readonly contentSecurityPolicy: string;
}

/**
 * The value of `Strict-Transport-Security`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6797#section-6.1
 */
export function strictTransportSecurity(headers: SecurityHeaders): string {
  const maxAge = `max-age=${headers.hstsMaxAgeSeconds}`;
  return headers.hstsIncludeSubDomains ? `${maxAge}; includeSubDomains` : maxAge;
}
