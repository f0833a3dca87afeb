import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Values } from "../../packages/rehearse/values";
import { ROOT } from "../support/rehearse";
import { rehearseStore } from "../support/rehearse-in-process";
import { configFrom, LEAST } from "../support/stack-file";
import { scriptIn } from "../support/user-data";

const CA = readFileSync(join(ROOT, "examples", "client-ca.pem"), "utf8");
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const REVOCATION = "aws:lb/trustStoreRevocation:TrustStoreRevocation";
const TRUST_STORE = "aws:lb/trustStore:TrustStore";

/** A block that passes for a revocation list: only AWS reads it. */
const revocations = (content: string): string =>
  `-----BEGIN X509 CRL-----\n${content}\n-----END X509 CRL-----\n`;

const keyOf = (folder: string, pem: string): string =>
  `${folder}/${createHash("sha256").update(pem).digest("hex")}.pem`;

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

describe("Client certificates", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "client-certificates-"))));
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  /** The resources that a stack declares. */
  async function declared(
    settings: Readonly<Record<string, unknown>>,
  ): Promise<{ one: (type: string, name?: string) => Declared; all: (type: string) => Declared[] }> {
    const { resources } = await rehearseStore(configFrom({ ...LEAST, ...settings }));
    const all = (type: string): Declared[] =>
      [...resources.values()].filter((resource) => resource.type === type);
    const one = (type: string, name?: string): Declared => {
      const found = all(type).filter((resource) => name === undefined || resource.name === name);
      assert.equal(found.length, 1, `${type} ${name}`);
      return found[0] as Declared;
    };
    return { one, all };
  }

  const HTTPS = ["aws:lb/listener:Listener", "web-store-https"] as const;

  it("are not requested by default, and no longer requested once they are switched off", async () => {
    const { one, all } = await declared({});
    assert.deepEqual(one(...HTTPS).inputs["mutualAuthentication"], { mode: "off" });
    assert.deepEqual(all(TRUST_STORE), []);
  });

  it("are passed on, and proxies remove headers that the load balancer does not write", async () => {
    const { one, all } = await declared({
      "web-store:clientCertificates": { mode: "passthrough" },
      "web-store:loadBalancing": { engine: "haproxy" },
    });
    assert.deepEqual(one(...HTTPS).inputs["mutualAuthentication"], { mode: "passthrough" });
    assert.deepEqual(all(TRUST_STORE), []);
    const scripts = all("aws:ec2/launchTemplate:LaunchTemplate").map(({ inputs }) =>
      scriptIn(inputs["userData"]),
    );
    assert.equal(
      scripts.filter((script) => script.includes("del-header x-amzn-mtls-clientcert- -m beg\n")).length,
      1,
    );
  });

  it("are verified against the files' authorities and revocation lists, from a private bucket", async () => {
    const { one, all } = await declared({
      "web-store:clientCertificates": {
        mode: "verify",
        caBundle: file("ca.pem", `Our authority\n${CA}`),
        revocationLists: [file("1.pem", revocations("MAA=")), file("2.pem", revocations("MAE="))],
        advertiseCaNames: true,
      },
    });
    const trustStore = one(TRUST_STORE);
    assert.deepEqual(one(...HTTPS).inputs["mutualAuthentication"], {
      mode: "verify",
      trustStoreArn: trustStore.outputs["arn"],
      advertiseTrustStoreCaNames: "on",
      ignoreClientCertificateExpiry: false,
    });

    const bundle = one(OBJECT, "web-store-client-certificates-ca-bundle");
    // Text around the PEM blocks has no effect.
    assert.equal(bundle.inputs["content"], CA);
    assert.equal(bundle.inputs["key"], keyOf("ca-bundle", CA));
    assert.equal(trustStore.inputs["caCertificatesBundleS3Key"], bundle.inputs["key"]);
    assert.equal(trustStore.inputs["caCertificatesBundleS3Bucket"], bundle.inputs["bucket"]);
    const blocked = one(
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "web-store-client-certificates",
    );
    assert.equal(blocked.inputs["bucket"], bundle.inputs["bucket"]);

    const lists = all(REVOCATION);
    assert.deepEqual(
      lists.map(({ inputs }) => inputs["revocationsS3Key"]),
      ["MAA=", "MAE="].map((content) => keyOf("revocations", revocations(content))),
    );
    for (const { inputs } of lists) assert.equal(inputs["trustStoreArn"], trustStore.outputs["arn"]);
    // AWS refuses longer names:
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTrustStore.html
    assert.match(String(trustStore.inputs["name"]), /^web-store-[a-zA-Z0-9-]{1,22}$/);
  });
});
