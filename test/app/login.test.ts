import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { Store } from "../support/store";

const SIGNER =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web-store-alb-1234567/50dc6c495c0c9188";
const KID = "12345678-1234-1234-1234-123456789012";

/** Plays the load balancer's part: signs claims as AWS describes, including the padding, and publishes its key. */
class Signer {
  private readonly pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  private server: Server | undefined;
  /** The paths that were requested from it. */
  readonly asked: string[] = [];

  async start(): Promise<string> {
    const pem = this.pair.publicKey.export({ type: "spki", format: "pem" });
    this.server = createServer((request, response) => {
      this.asked.push(request.url ?? "");
      if (request.url === `/${KID}`) response.end(pem);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => this.server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server?.close();
  }

  /** A token with additional header fields and claims. */
  token(head: object = {}, claims: object = {}, key: KeyObject = this.pair.privateKey): string {
    const exp = Math.floor(Date.now() / 1000) + 120;
    const usual = { alg: "ES256", kid: KID, signer: SIGNER, iss: "https://id.example.com", client: "c", exp };
    const parts = [
      { ...usual, ...head },
      { sub: "8f1", name: "Ada Lovelace", exp, ...claims },
    ].map(padded);
    const signature = sign("sha256", Buffer.from(parts.join(".")), { key, dsaEncoding: "ieee-p1363" });
    return [...parts, pad(signature.toString("base64url"))].join(".");
  }
}

const pad = (text: string): string => text.padEnd(Math.ceil(text.length / 4) * 4, "=");
const padded = (value: object): string => pad(Buffer.from(JSON.stringify(value)).toString("base64url"));

describe("A user who has signed in at the load balancer", () => {
  const signer = new Signer();
  let store: Store;
  let open: Store;
  before(async () => {
    const keys = await signer.start();
    [store, open] = await Promise.all([
      Store.start({ LOGIN_SIGNER: SIGNER, LOGIN_KEYS_URL: keys }),
      Store.start({ LOGIN_KEYS_URL: keys }),
    ]);
  });
  after(async () => {
    await Promise.all([store.stop(), open.stop()]);
    signer.stop();
  });

  const greeting = async (token: string | undefined, at = store): Promise<string | undefined> => {
    const response = await fetch(at.url, {
      headers: token === undefined ? {} : { "x-amzn-oidc-data": token },
    });
    assert.equal(response.status, 200);
    return /Signed in as ([^<]*)</.exec(await response.text())?.[1];
  };

  it("is greeted by name, e-mail address or ID, in this order", async () => {
    assert.equal(await greeting(signer.token()), "Ada Lovelace");
    assert.equal(
      await greeting(signer.token({}, { name: undefined, email: "ada@example.com" })),
      "ada@example.com",
    );
    assert.equal(await greeting(signer.token({}, { name: " " })), "8f1");
    assert.equal(await greeting(signer.token({}, { name: "<b>Ada</b>" })), "&lt;b&gt;Ada&lt;/b&gt;");
  });

  it("is anonymous without a token", async () => {
    assert.equal(await greeting(undefined), undefined);
  });

  it("causes one key request, for any number of pages, and whatever keys other tokens name", async () => {
    await Promise.all([greeting(signer.token()), greeting(signer.token())]);
    for (let other = 13; other < 38; other++)
      assert.equal(await greeting(signer.token({ kid: KID.replace("12", String(other)) })), undefined);
    assert.equal(await greeting(signer.token()), "Ada Lovelace");
    assert.deepEqual(
      signer.asked.filter((path) => path === `/${KID}`),
      [`/${KID}`],
    );
  });

  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const past = Math.floor(Date.now() / 1000) - 3600;
  for (const [title, forged, reason] of [
    ["a key of one's own", () => signer.token({}, {}, other), "the signature is wrong"],
    [
      "another load balancer, for which AWS also signs",
      () => signer.token({ signer: SIGNER.replace("50dc", "50dd") }),
      "another signer",
    ],
    ["no signer", () => signer.token({ signer: undefined }), "another signer"],
    ["no algorithm", () => signer.token({ alg: "none" }), "another algorithm, or no key"],
    ["an algorithm with a shared key", () => signer.token({ alg: "HS256" }), "another algorithm, or no key"],
    [
      "a path for a key",
      () => signer.token({ kid: "../../keys/12345678-1234-1234-123" }),
      "another algorithm, or no key",
    ],
    ["an hour too late", () => signer.token({ exp: past }), "it has expired"],
    ["no time at all", () => signer.token({ exp: undefined }), "it has expired"],
    [
      "other claims than were signed",
      () => {
        const [head, , signature] = signer.token().split(".");
        return [head, padded({ sub: "1", name: "Eve" }), signature].join(".");
      },
      "the signature is wrong",
    ],
    ["two parts", () => signer.token().split(".").slice(0, 2).join("."), "it is no token"],
    ["text that isn't base64url", () => "a.b!.c", undefined],
    ["twenty thousand characters", () => `${"a".repeat(12_000)}.b.c`, undefined],
    [
      "a key that isn't published",
      () => signer.token({ kid: KID.replace("1", "a") }),
      "the load balancer's key can't be had: status 404",
    ],
  ] as const)
    it(`is not accepted from a token with ${title}`, async () => {
      const before = store.log.length;
      assert.equal(await greeting(forged()), undefined);
      const refused = store.log.slice(before).filter(({ event }) => event === "login-refused");
      assert.equal(refused.length, 1, JSON.stringify(store.log.slice(before)));
      if (reason !== undefined) assert.equal(refused[0]?.["reason"], reason);
    });

  it("is anonymous in a store without a login, whatever the header contains", async () => {
    assert.equal(await greeting(signer.token(), open), undefined);
  });

  it("is refused if the configured ARN is not a load balancer's", async () => {
    const faulty = Store.start({ LOGIN_SIGNER: "arn:aws:s3:::shop" });
    await assert.rejects(faulty);
  });
});
