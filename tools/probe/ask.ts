import { type IncomingMessage, request as plainly } from "node:http";
import { request as securely } from "node:https";

/** The answer to a request. */
export interface Answer {
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** Milliseconds from the first byte sent to the last byte received, including the connection setup. */
  readonly milliseconds: number;
  /** Why there was no answer. */
  readonly error: string | undefined;
}

/** The options of a request. */
export interface AskOptions {
  /** Additional headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A certificate authority to trust. */
  readonly ca?: string | undefined;
  /** The client's identity. @default none */
  readonly identity?: Identity;
}

/** The credentials that a server may require. */
export interface Identity {
  /** A certificate and its key, PEM, for mutual TLS. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
  /** A token, sent as `Authorization: Bearer`; only over HTTPS. */
  readonly bearer?: string | undefined;
}

/** Milliseconds until a request times out. */
const PATIENCE = 10_000;

/**
 * Sends one request over a new connection: over HTTP/2, or a kept connection, the balancer would choose only once and
 * all requests would follow.
 */
export function ask(url: URL, options: AskOptions = {}): Promise<Answer> {
  const started = performance.now();
  const { certificate, bearer } = options.identity ?? {};
  return new Promise((resolve) => {
    const end = (status: number, headers: IncomingMessage["headers"], error?: string): void =>
      resolve({ status, headers, error, milliseconds: performance.now() - started });
    const isSecure = url.protocol === "https:";
    const request = (isSecure ? securely : plainly)(url, {
      agent: false,
      timeout: PATIENCE,
      headers: {
        "user-agent": "web-store-probe",
        connection: "close",
        ...(isSecure && bearer !== undefined ? { authorization: `Bearer ${bearer}` } : {}),
        ...options.headers,
      },
      // The certificate has its own check. A token is sent only to a server with a valid one:
      // https://www.rfc-editor.org/rfc/rfc6750#section-5.3
      ...(isSecure ? { rejectUnauthorized: bearer !== undefined } : {}),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...certificate,
    });
    request.on("response", (response) => {
      response.resume();
      response.on("end", () => end(response.statusCode ?? 0, response.headers));
      response.on("error", (error) => end(0, {}, error.message));
    });
    request.on("timeout", () => request.destroy(new Error(`no answer in ${PATIENCE / 1000} s`)));
    request.on("error", (error: NodeJS.ErrnoException) => end(0, {}, error.code ?? error.message));
    request.end();
  });
}

/** A header as a single string. */
export function headerOf({ headers }: Pick<Answer, "headers">, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}
