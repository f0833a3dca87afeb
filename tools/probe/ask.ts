import { type IncomingMessage, request as plainly } from "node:http";
import { request as securely } from "node:https";

/** What came back for one request. */
export interface Answer {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** Milliseconds from the first byte sent to the last received, the connection's making included. */
  readonly milliseconds: number;
  /** Why there was no answer. */
  readonly error: string | undefined;
}

/** How to ask. */
export interface AskOptions {
  /** What is sent beside the usual. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A certificate authority to trust. */
  readonly ca?: string | undefined;
  /** Who asks. @default nobody in particular */
  readonly identity?: Identity;
}

/** What a server asks a client for. */
export interface Identity {
  /** A certificate and its key, PEM, for mutual TLS. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
  /** A token, sent as `Authorization: Bearer`; by HTTPS alone. */
  readonly bearer?: string | undefined;
}

/** Milliseconds after which an answer doesn't count any more. */
const PATIENCE = 10_000;

/**
 * Asks once, over a connection of its own: with HTTP/2, or a connection that is kept, the balancer would choose once
 * and all requests would follow.
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
      // The certificate has a check of its own. A token is for who has a right one:
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

/** A header as one text. */
export function headerOf({ headers }: Pick<Answer, "headers">, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}
