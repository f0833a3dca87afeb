import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describeWith } from "../../support/programs";
import { isAccepted, messageOf } from "../../support/settings";

const CA = "examples/client-ca.pem";
const REVOCATIONS = "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n";
/** Assembled here, because scanners would take the text for a key. */
const KEY = ["BEGIN", "END"].map((word) => `-----${word} PRIVATE KEY-----\n`).join("MAA=\n");

interface Fault {
  readonly field: string;
  readonly got: string;
  readonly allowed: string;
  readonly remedy: string;
}

const set = (settings: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value)]));

describeWith(["openssl"], "Client certificates", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "client-certificates-"));
    openssl(
      "req",
      "-new",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      "key",
      "-out",
      "request",
      "-subj",
      "/O=Shop/CN=Tills",
    );
    const ca = certificate(true, 30);
    const texts = {
      ca,
      leaf: certificate(false, 30),
      expired: certificate(true, -1),
      large: certificate(true, 30, 900),
      many: ca.repeat(26),
      broken: "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
      keyed: `${ca}${KEY}`,
      crl: REVOCATIONS,
      empty: "Nothing.\n",
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(file(name), text);
  });
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string): string => join(folder, `${name}.pem`);
  const openssl = (...args: string[]): void =>
    void execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });

  /** A self-signed certificate. */
  function certificate(isAuthority: boolean, days: number, names = 1): string {
    const all = Array.from({ length: names }, (_, index) => `DNS:till-${index}.shop.example.com`);
    const extensions = `basicConstraints=critical,CA:${isAuthority ? "TRUE" : "FALSE"}\nsubjectAltName=${all.join()}\n`;
    writeFileSync(join(folder, "extensions"), extensions);
    openssl(
      "x509",
      "-req",
      "-in",
      "request",
      "-signkey",
      "key",
      "-days",
      String(days),
      "-extfile",
      "extensions",
      "-out",
      "certificate",
    );
    return readFileSync(join(folder, "certificate"), "utf8");
  }

  const refused = (settings: Record<string, unknown>, ...faults: Fault[]): void => {
    const count = faults.length === 1 ? "1 setting" : `${faults.length} settings`;
    const paragraphs = faults.map(({ field, got, allowed, remedy }) =>
      [`web-store:${field}`, `  got:     ${got}`, `  allowed: ${allowed}`, `  remedy:  ${remedy}`].join("\n"),
    );
    assert.equal(
      messageOf(set(settings)),
      [`Stack dev has ${count} to correct. Nothing was created or changed.`, ...paragraphs].join("\n\n"),
    );
  };

  it("are ignored, verified or passed through, each with its own settings", () => {
    for (const settings of [
      { clientCertificates: { mode: "verify", caBundle: CA } },
      {
        clientCertificates: {
          mode: "verify",
          caBundle: file("ca"),
          revocationLists: [file("crl")],
          ignoreExpiry: true,
        },
      },
      { clientCertificates: { mode: "passthrough" }, externalHealthCheck: { enabled: true } },
    ])
      assert.ok(isAccepted(set(settings)), JSON.stringify(settings));
  });

  it("are rejected without the authorities to verify them against", () => {
    refused(
      { clientCertificates: { mode: "verify" } },
      {
        field: "clientCertificates.caBundle",
        got: "nothing",
        allowed: "the path of a PEM file with the authorities to verify against, as mode is verify",
        remedy:
          "set it, for example: pulumi config set --path 'web-store:clientCertificates.caBundle' client-ca.pem",
      },
    );
  });

  it("are rejected with settings that passthrough leaves to the application, all at once", () => {
    const unheeded = { caBundle: CA, revocationLists: [CA], advertiseCaNames: true, ignoreExpiry: true };
    refused(
      { clientCertificates: { mode: "passthrough", ...unheeded } },
      ...Object.entries(unheeded).map(([name, value]) => ({
        field: `clientCertificates.${name}`,
        got: typeof value === "string" ? value : JSON.stringify(value),
        allowed:
          "no value where mode is passthrough: the application verifies certificates, not the load balancer",
        remedy: "remove it, or set mode: verify",
      })),
    );
  });

  for (const [name, { allowed, remedy }] of Object.entries<Pick<Fault, "allowed" | "remedy">>({
    missing: {
      allowed: "the path of an existing file, relative to the folder of Pulumi.yaml",
      remedy: "correct the path, or put the file there",
    },
    keyed: {
      allowed: "only certificates: this file has a private key, which nobody else may have",
      remedy: "remove the key from the file; if others have seen it, create a new key and certificate",
    },
    crl: {
      allowed: "only PEM blocks CERTIFICATE, at least one: this file has X509 CRL",
      remedy: "convert it, for example from DER: openssl x509 -inform der -in FILE -out ca.pem",
    },
    empty: {
      allowed: "only PEM blocks CERTIFICATE, at least one: this file has none",
      remedy: "convert it, for example from DER: openssl x509 -inform der -in FILE -out ca.pem",
    },
    broken: {
      allowed: "X.509 certificates: number 1 of this file isn't one",
      remedy: "export it from the authority again",
    },
    leaf: {
      allowed:
        "certificates of authorities (CA:TRUE in their basic constraints): number 1 of this file, O=Shop, CN=Tills, isn't one",
      remedy: "replace it with the certificate of the authority that has signed it",
    },
    many: {
      allowed: "up to 25 certificates, AWS's quota for a trust store: this file has 26",
      remedy: "remove authorities that have not signed any client's certificate",
    },
  }))
    it(`are refused with a file of authorities that is ${name}`, () => {
      refused(
        { clientCertificates: { mode: "verify", caBundle: file(name) } },
        { field: "clientCertificates.caBundle", got: file(name), allowed, remedy },
      );
    });

  it("are rejected with an authority whose certificate has expired, or is larger than AWS accepts", () => {
    for (const [name, allowed] of [
      [
        "expired",
        /allowed: certificates that are still valid: number 1 of this file, O=Shop, CN=Tills, ended on \d{4}-\d\d-\d\d\n/,
      ],
      [
        "large",
        /allowed: certificates of up to 16384 bytes, AWS's quota: number 1 of this file, O=Shop, CN=Tills, has \d{5}\n/,
      ],
    ] as const)
      assert.match(messageOf(set({ clientCertificates: { mode: "verify", caBundle: file(name) } })), allowed);
  });

  it("are rejected with revocation lists that are invalid or missing, each named by its position", () => {
    refused(
      {
        clientCertificates: {
          mode: "verify",
          caBundle: CA,
          revocationLists: [file("crl"), file("ca"), file("missing"), file("empty")],
        },
      },
      {
        field: "clientCertificates.revocationLists[1]",
        got: file("ca"),
        allowed: "exactly one PEM block X509 CRL: this file has CERTIFICATE",
        remedy:
          "convert it, for example from DER: openssl crl -inform der -in FILE -out crl.pem; use one file for each list",
      },
      {
        field: "clientCertificates.revocationLists[2]",
        got: file("missing"),
        allowed: "the path of an existing file, relative to the folder of Pulumi.yaml",
        remedy: "correct the path, or put the file there",
      },
      {
        field: "clientCertificates.revocationLists[3]",
        got: file("empty"),
        allowed: "exactly one PEM block X509 CRL: this file has none",
        remedy:
          "convert it, for example from DER: openssl crl -inform der -in FILE -out crl.pem; use one file for each list",
      },
    );
  });

  it("are rejected with outside health checks and with CloudFront, which cannot present certificates", () => {
    refused(
      {
        clientCertificates: { mode: "verify", caBundle: CA },
        externalHealthCheck: { enabled: true },
        cdn: { enabled: true },
      },
      {
        field: "externalHealthCheck.enabled",
        got: "true",
        allowed:
          "false if clientCertificates.mode is verify: Route 53's health checkers have no certificate and can't connect",
        remedy: "set externalHealthCheck.enabled to false, or clientCertificates.mode to passthrough",
      },
      {
        field: "cdn.enabled",
        got: "true",
        allowed:
          "false with clientCertificates: CloudFront terminates visitors' TLS and does not pass their certificates to the load balancer",
        remedy: "set cdn.enabled to false, or remove clientCertificates",
      },
    );
  });
});
