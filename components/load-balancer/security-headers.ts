/** Security headers of every response. They override the store's own headers. */
export interface SecurityHeaders {
  /** Seconds that a browser remembers to use HTTPS only; 0 makes it forget. */
  readonly hstsMaxAgeSeconds: number;
  /** Whether this applies to all subdomains too. */
  readonly hstsIncludeSubDomains: boolean;
  /** The `Content-Security-Policy`; if empty, the store's own header is kept. */
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
