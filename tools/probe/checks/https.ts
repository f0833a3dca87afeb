import { connect as connectHttp2 } from "node:http2";
import { isIP } from "node:net";
import {
  checkServerIdentity,
  connect,
  type ConnectionOptions,
  type SecureVersion,
  type TLSSocket,
} from "node:tls";

import { type Answer, ask, headerOf } from "../ask";
import type { Options } from "../options";
import type { Check } from "../types";

type Target = Pick<Options, "url" | "ca" | "identity" | "httpPort" | "healthPath">;

/** The least days before its end by which a certificate should be renewed: ACM renews 45 days ahead. */
const LEAST_DAYS = 14;

const PATIENCE = 10_000;

/** Plain HTTP redirects permanently to the same page over HTTPS in one step, and that page answers. */
export async function checkRedirect({ url, ca, identity, httpPort }: Target): Promise<Check> {
  const id = "redirect";
  const plain = new URL(url);
  plain.protocol = "http:";
  if (url.protocol === "https:") plain.port = String(httpPort);
  const answer = await ask(plain);
  if (answer.error !== undefined) {
    const isClosed = answer.error === "ECONNREFUSED";
    return {
      id,
      passed: isClosed ? null : false,
      detail: isClosed ? `nothing listens at ${plain.origin}` : `${plain.href}: ${answer.error}`,
    };
  }
  const location = headerOf(answer, "location");
  if (![301, 308].includes(answer.status) || !URL.canParse(location, plain.href)) {
    return {
      id,
      passed: false,
      detail: `${plain.href} is answered by ${answer.status}, not by 301 or 308 to https`,
    };
  }
  const to = new URL(location, plain);
  if (to.protocol !== "https:" || to.hostname !== plain.hostname || to.pathname !== plain.pathname)
    return { id, passed: false, detail: `${plain.href} leads to ${to.href}, not to the same page by https` };
  const seen = new Set<string>();
  for (let next = to; ;) {
    if (seen.has(next.href))
      return { id, passed: false, detail: `${plain.href} redirects in a circle at ${next.href}` };
    if (seen.size >= 5)
      return { id, passed: false, detail: `${plain.href} redirects too often, last to ${next.href}` };
    seen.add(next.href);
    // Other hosts must not receive the client's identity.
    const there = await ask(next, { ca, identity: next.origin === url.origin ? identity : {} });
    if (there.error !== undefined)
      return { id, passed: false, detail: `${plain.href} leads to ${next.href}: ${there.error}` };
    const further = headerOf(there, "location");
    if (there.status < 300 || there.status > 399 || !URL.canParse(further, next.href))
      return { id, passed: true, detail: `${answer.status} to ${to.href}` };
    next = new URL(further, next);
  }
}

/** Checks the certificate's chain, names and dates. */
async function checkCertificate({ url, ca, identity }: Target): Promise<Check> {
  const id = "certificate";
  const socket = await handshake(url, { ...identity.certificate, ...(ca === undefined ? {} : { ca }) });
  if (typeof socket === "string") return { id, passed: false, detail: `no TLS: ${socket}` };
  const certificate = socket.getPeerCertificate();
  const faults: string[] = [];
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / 86_400_000);
  // The name is checked separately: a valid chain may have the wrong name.
  const chain: unknown = socket.authorizationError;
  const reason = chain instanceof Error ? (chain as NodeJS.ErrnoException).code : chain;
  const misnamed = checkServerIdentity(url.hostname, certificate);
  if (misnamed)
    faults.push(`it isn't for ${url.hostname}, but for ${certificate.subjectaltname ?? "nobody"}`);
  if (typeof reason === "string" && reason !== "ERR_TLS_CERT_ALTNAME_INVALID")
    faults.push(`its chain: ${reason}`);
  if (days < 0) faults.push(`it ended ${-days} days ago`);
  else if (days < LEAST_DAYS) faults.push(`it ends in ${days} days; ${LEAST_DAYS} or more should be left`);
  socket.destroy();
  return {
    id,
    passed: faults.length === 0,
    detail:
      faults.length === 0 ? `good for ${days} days, ${certificate.subjectaltname ?? ""}` : faults.join("; "),
  };
}

/** TLS 1.0 and 1.1 are refused (RFC 8996), 1.2 or 1.3 isn't. */
async function checkTlsVersions({ url, identity }: Target): Promise<Check> {
  const accepted: string[] = [];
  for (const version of ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const satisfies SecureVersion[]) {
    // OpenSSL's own restrictions on old versions must not prevent their detection.
    const ciphers = version < "TLSv1.2" ? { ciphers: "ALL:@SECLEVEL=0" } : {};
    const socket = await handshake(url, {
      minVersion: version,
      maxVersion: version,
      ...ciphers,
      ...identity.certificate,
    });
    if (typeof socket === "string") continue;
    socket.destroy();
    accepted.push(version === "TLSv1" ? "TLSv1.0" : version);
  }
  const old = accepted.filter((version) => version < "TLSv1.2");
  return {
    id: "tls-versions",
    passed: old.length === 0 && accepted.length > 0,
    detail: accepted.length === 0 ? "none is accepted" : `${accepted.join(", ")} accepted`,
  };
}

/** A key exchange that is safe from quantum computers: X25519MLKEM768 (draft-ietf-tls-ecdhe-mlkem). */
async function checkKeyExchange({ url, identity }: Target): Promise<Check> {
  const id = "key-exchange";
  const group = "X25519MLKEM768";
  try {
    const socket = await handshake(url, { ecdhCurve: group, minVersion: "TLSv1.3", ...identity.certificate });
    if (typeof socket === "string") return { id, passed: false, detail: `${group} is refused: ${socket}` };
    socket.destroy();
    return { id, passed: true, detail: `${group} is accepted` };
  } catch {
    const { openssl } = process.versions;
    return { id, passed: null, detail: `not checked: OpenSSL ${openssl} of this Node doesn't know ${group}` };
  }
}

/** HTTP/2, agreed on in the handshake, and working. */
async function checkHttp2({ url, ca, identity }: Target): Promise<Check> {
  const id = "http2";
  return new Promise((resolve) => {
    const end = (passed: boolean, detail: string): void => {
      session.destroy();
      resolve({ id, passed, detail });
    };
    const session = connectHttp2(url.origin, {
      rejectUnauthorized: false,
      ...(ca === undefined ? {} : { ca }),
      ...identity.certificate,
    });
    session.setTimeout(PATIENCE, () => end(false, "no answer by HTTP/2"));
    session.on("error", (error: Error) => end(false, `no HTTP/2: ${error.message}`));
    session.on("connect", (_, socket) => {
      if ((socket as TLSSocket).alpnProtocol !== "h2") end(false, "no HTTP/2: the server doesn't offer it");
    });
    const request = session.request({
      ":path": url.pathname,
      ...(identity.bearer === undefined ? {} : { authorization: `Bearer ${identity.bearer}` }),
    });
    request.on("response", (headers) =>
      end(Number(headers[":status"]) < 500, `status ${headers[":status"]} by HTTP/2`),
    );
    request.on("error", (error: Error) => end(false, `no HTTP/2: ${error.message}`));
  });
}

const TLS_CHECKS = [
  ["certificate", checkCertificate],
  ["tls-versions", checkTlsVersions],
  ["key-exchange", checkKeyExchange],
  ["http2", checkHttp2],
] as const;

/** The checks that need HTTPS; for a plain URL they fail. */
export async function checkTls(target: Target): Promise<Check[]> {
  const { url } = target;
  if (url.protocol === "https:") return Promise.all(TLS_CHECKS.map(([, check]) => check(target)));
  const detail = `the URL is plain HTTP: probe https://${url.host} instead`;
  return TLS_CHECKS.map(([id]) => ({ id, passed: false, detail }));
}

/**
 * Checks the security headers.
 *
 * @param answer - of the URL
 */
export function checkHeaders({ url }: Target, answer: Answer): Check {
  const of = (name: string): string => headerOf(answer, name);
  const faults: string[] = [];
  const age = Number(/max-age="?(\d+)/i.exec(of("strict-transport-security"))?.[1] ?? 0);
  if (url.protocol === "https:" && age < 300)
    faults.push("Strict-Transport-Security with a max-age of 300 or more");
  // If a header is repeated, the first counts: https://fetch.spec.whatwg.org/#x-content-type-options-header
  const [sniffing = ""] = of("x-content-type-options").split(",");
  if (sniffing.trim().toLowerCase() !== "nosniff") faults.push("X-Content-Type-Options: nosniff");
  if (!/frame-ancestors/i.test(of("content-security-policy")) && of("x-frame-options") === "")
    faults.push("Content-Security-Policy with frame-ancestors, or X-Frame-Options");
  const server = [of("server"), of("x-powered-by")].find((text) => /\d/.test(text));
  const missing = faults.length > 0 ? [`missing: ${faults.join("; ")}`] : [];
  if (server !== undefined) missing.push(`it shows a version: ${server}`);
  return { id: "headers", passed: missing.length === 0, detail: missing.join(". ") || "all there" };
}

/** Checks the answer of the health check. */
export async function checkHealth({ url, ca, identity, healthPath }: Target): Promise<Check> {
  const { status, error } = await ask(new URL(healthPath, url), { ca, identity });
  return { id: "health", passed: status === 200, detail: `${healthPath}: ${error ?? `status ${status}`}` };
}

/**
 * A TLS connection, or the reason why there is none.
 *
 * @throws if this Node can't attempt it
 */
function handshake(url: URL, options: ConnectionOptions): Promise<TLSSocket | string> {
  const socket = connect({
    host: url.hostname,
    port: Number(url.port || 443),
    ...(isIP(url.hostname) ? {} : { servername: url.hostname }),
    rejectUnauthorized: false,
    timeout: PATIENCE,
    ...options,
  });
  return new Promise((resolve) => {
    socket.once("secureConnect", () => resolve(socket));
    socket.once("timeout", () => socket.destroy(new Error("no answer")));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
