import { createPublicKey, type KeyObject, verify } from "node:crypto";

import type { Log } from "./log";

/** Whose word the store takes for who a visitor is. */
export interface VisitorOptions {
  /** ARN of the load balancer where visitors sign in; undefined where nobody does: then the header is anybody's. */
  readonly signer: string | undefined;
  /** URL of the load balancers' public keys, without a slash at the end; a key's id follows. */
  readonly keysUrl: string;
  readonly log: Log;
}

/**
 * The claims of a visitor, as a load balancer signs them: a JSON Web Token that is no ID token.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
 */
export const CLAIMS_HEADER = "x-amzn-oidc-data";

/** Seconds that a clock may differ from the load balancer's. */
const LEEWAY_SECONDS = 30;

/** Milliseconds after which a key that doesn't come is given up. */
const KEY_TIMEOUT = 2000;

/** Milliseconds after which a key that could not be had is asked for again. */
const KEY_RETRY = 30_000;

/** Keys that are remembered, of each kind; a load balancer signs with one at a time. */
const MOST_KEYS = 20;

/** Characters of a token at the most: a load balancer sends 11 KiB of claims at the most. */
const MOST_TOKEN = 16 * 1024;

/** Characters of a name that pages show. */
const MOST_NAME = 60;

/** Reads who visitors are from what the load balancer has signed. */
export class Visitors {
  /** Keys that tokens have named, which anybody can write. */
  private readonly named = new Map<string, Promise<KeyObject>>();
  /** Those that have signed a token of the load balancer: no token of anybody else's puts one of these out. */
  private readonly proven = new Map<string, Promise<KeyObject>>();

  constructor(private readonly options: VisitorOptions) {}

  /**
   * What to call a visitor.
   *
   * @param token - the value of {@link CLAIMS_HEADER}
   * @returns undefined for who has not signed in, and for a token that isn't the load balancer's, of which the log tells
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
    // Load balancers of anybody's sign with the same keys: this one alone counts.
    if (by !== signer) throw new Error("another signer");
    if (alg !== "ES256" || typeof kid !== "string" || !/^[0-9a-f-]{36}$/.test(kid))
      throw new Error("another algorithm, or no key");
    if (typeof exp !== "number" || exp + LEEWAY_SECONDS < Date.now() / 1000)
      throw new Error("it has expired");
    const key = this.key(kid);
    const isSigned = verify(
      "sha256",
      Buffer.from(`${head}.${body}`),
      // A signature of JOSE is r and s, one behind the other: RFC 7518, section 3.4.
      { key: await key, dsaEncoding: "ieee-p1363" },
      bytesOf(signature),
    );
    if (!isSigned) throw new Error("the signature is wrong");
    remember(this.proven, kid, key);
    return claimsIn(body);
  }

  /** Asked for once, however many wait for it; what fails, again after a while. */
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

/** Keeps a key; where there are too many, the oldest goes. */
function remember(keys: Map<string, Promise<KeyObject>>, kid: string, key: Promise<KeyObject>): void {
  const [oldest] = keys.keys();
  if (!keys.has(kid) && keys.size >= MOST_KEYS && oldest !== undefined) keys.delete(oldest);
  keys.set(kid, key);
}

type Claims = Readonly<Record<string, unknown>>;

/** A part of a token. Load balancers pad base64url, which RFC 7515 doesn't; Node takes both. */
function bytesOf(part: string): Buffer {
  if (!/^[\w-]*={0,2}$/.test(part)) throw new Error("it is no token");
  return Buffer.from(part, "base64url");
}

function claimsIn(part: string): Claims {
  const value = JSON.parse(bytesOf(part).toString("utf8")) as unknown;
  if (typeof value !== "object" || value === null) throw new Error("it is no token");
  return value as Claims;
}

/** Providers differ in what they tell; `sub` they all have. */
function nameIn(claims: Claims): string | undefined {
  const names = ["name", "email", "preferred_username", "username", "sub"].map((claim) => claims[claim]);
  const name = names.find((each): each is string => typeof each === "string" && each.trim() !== "");
  return name?.trim().slice(0, MOST_NAME);
}
