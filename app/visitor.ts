import { createPublicKey, type KeyObject, verify } from "node:crypto";

import type { Log } from "./log";

/** Arguments of {@link Visitors}. */
export interface VisitorOptions {
  /**
   * ARN of the load balancer where visitors sign in; undefined without a login, when clients can send any
   * header.
   */
  readonly signer: string | undefined;
  /** URL of the load balancers' public keys, without a trailing slash. A key's id is appended. */
  readonly keysUrl: string;
  readonly log: Log;
}

/**
 * The header with a visitor's claims, signed by the load balancer: a JSON Web Token, but not an ID token.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
 */
export const CLAIMS_HEADER = "x-amzn-oidc-data";

/** Maximum difference in seconds between the clock and the load balancer's. */
const LEEWAY_SECONDS = 30;

/** Time-out in milliseconds of a request for a key. */
const KEY_TIMEOUT = 2000;

/** Milliseconds after which a failed request for a key is repeated. */
const KEY_RETRY = 30_000;

/** Maximum number of cached keys of each kind; a load balancer signs with one key at a time. */
const MOST_KEYS = 20;

/** Maximum number of characters of a token: a load balancer sends at most 11 KiB of claims. */
const MOST_TOKEN = 16 * 1024;

/** Maximum number of characters of a name on pages. */
const MOST_NAME = 60;

/** Reads visitors' names from the claims that the load balancer has signed. */
export class Visitors {
  /** Keys that tokens have named; anyone can write such tokens. */
  private readonly named = new Map<string, Promise<KeyObject>>();
  /** Keys that have signed a token of the load balancer; foreign tokens can't evict these. */
  private readonly proven = new Map<string, Promise<KeyObject>>();

  constructor(private readonly options: VisitorOptions) {}

  /**
   * A visitor's name.
   *
   * @param token - the value of {@link CLAIMS_HEADER}
   * @returns undefined if the visitor has not signed in, or if the token isn't the load balancer's, which is
   *   logged
   */
  async nameOf(token: string | undefined): Promise<string | undefined> {
    const { signer, log } = this.options;
    if (signer === undefined || token === undefined) return undefined;
    try {
      return nameIn(await this.claimsOf(token, signer));
    } catch (error) {
      log("warn", { event: "login-refused", reason: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  private async claimsOf(token: string, signer: string): Promise<Claims> {
    const [head = "", body = "", signature = "", ...rest] = token.length > MOST_TOKEN ? [] : token.split(".");
    if (signature === "" || rest.length > 0) throw new Error("it is no token");
    const { alg, kid, signer: by, exp } = claimsIn(head);
    // All AWS customers' load balancers sign with the same keys, so only this load balancer's tokens are
    // accepted.
    if (by !== signer) throw new Error("another signer");
    if (alg !== "ES256" || typeof kid !== "string" || !/^[0-9a-f-]{36}$/.test(kid))
      throw new Error("another algorithm, or no key");
    if (typeof exp !== "number" || exp + LEEWAY_SECONDS < Date.now() / 1000)
      throw new Error("it has expired");
    const key = this.key(kid);
    const isSigned = verify(
      "sha256",
      Buffer.from(`${head}.${body}`),
      // A JOSE signature is the concatenation of r and s: RFC 7518, section 3.4.
      { key: await key, dsaEncoding: "ieee-p1363" },
      bytesOf(signature),
    );
    if (!isSigned) throw new Error("the signature is wrong");
    remember(this.proven, kid, key);
    return claimsIn(body);
  }

  /** A key is requested once for all callers that wait for it. A failed request is repeated after a while. */
  private key(kid: string): Promise<KeyObject> {
    const known = this.proven.get(kid) ?? this.named.get(kid);
    if (known !== undefined) return known;
    const asked = this.fetchKey(kid);
    remember(this.named, kid, asked);
    asked.catch(() => setTimeout(() => this.named.delete(kid), KEY_RETRY).unref());
    return asked;
  }

  private async fetchKey(kid: string): Promise<KeyObject> {
    const answer = await fetch(`${this.options.keysUrl}/${kid}`, {
      redirect: "error",
      signal: AbortSignal.timeout(KEY_TIMEOUT),
    });
    if (!answer.ok) throw new Error(`the load balancer's key can't be had: status ${answer.status}`);
    return createPublicKey(await answer.text());
  }
}

/** Caches a key. If there are too many, the oldest is removed. */
function remember(keys: Map<string, Promise<KeyObject>>, kid: string, key: Promise<KeyObject>): void {
  const [oldest] = keys.keys();
  if (!keys.has(kid) && keys.size >= MOST_KEYS && oldest !== undefined) keys.delete(oldest);
  keys.set(kid, key);
}

type Claims = Readonly<Record<string, unknown>>;

/** Decodes a part of a token. Load balancers pad base64url, contrary to RFC 7515; Node accepts both. */
function bytesOf(part: string): Buffer {
  if (!/^[\w-]*={0,2}$/.test(part)) throw new Error("it is no token");
  return Buffer.from(part, "base64url");
}

function claimsIn(part: string): Claims {
  const value = JSON.parse(bytesOf(part).toString("utf8")) as unknown;
  if (typeof value !== "object" || value === null) throw new Error("it is no token");
  return value as Claims;
}

/** Providers send different claims; all of them send `sub`. */
function nameIn(claims: Claims): string | undefined {
  const names = ["name", "email", "preferred_username", "username", "sub"].map((claim) => claims[claim]);
  const name = names.find((each): each is string => typeof each === "string" && each.trim() !== "");
  return name?.trim().slice(0, MOST_NAME);
}
