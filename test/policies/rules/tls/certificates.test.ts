import { CERTIFICATE, LISTENER_CERTIFICATE, SERVER_CERTIFICATE } from "../../../../policies/resources";
import assert from "node:assert/strict";
import fc from "fast-check";
import { KEY_ALGORITHMS } from "../../../../policies/rules/tls/certificates";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, without } from "../../../support/rule-suite";
import { EC_256, RSA_1024, RSA_2048 } from "./pem";

const ISSUED = {
  domainName: "store.example.com",
  subjectAlternativeNames: ["www.store.example.com"],
  validationMethod: "DNS",
};
const IMPORTED = { certificateBody: UNKNOWN, privateKey: secret(UNKNOWN) };
const ATTACHED = { listenerArn: UNKNOWN, certificateArn: UNKNOWN };
const transparency = (preference: unknown): object => ({
  ...ISSUED,
  options: { certificateTransparencyLoggingPreference: preference },
});

describe("certificates", () => {
  const suite = new RuleSuite("certificates");
  const pass = (title: string, props: object) => ({
    title: `passes ${title}`,
    props: { ...props },
    says: [],
  });
  const refuse = (title: string, props: object, ...says: (string | RegExp)[]) => ({
    title: `refuses ${title}`,
    props: { ...props },
    says,
  });

  const advise = (title: string, props: object, ...says: (string | RegExp)[]) => ({
    ...refuse(title, props, ...says),
    title: `advises against ${title}`,
    level: "advisory" as const,
  });

  describe("on a certificate", () => {
    suite.check(CERTIFICATE[0], [
      pass("one validated by DNS", ISSUED),
      pass("secret values that are right", { ...ISSUED, validationMethod: secret("DNS") }),
      pass("names that are not known yet", {
        ...ISSUED,
        domainName: UNKNOWN,
        subjectAlternativeNames: [UNKNOWN],
      }),
      pass("a list of names that is not known yet", { ...ISSUED, subjectAlternativeNames: UNKNOWN }),
      pass("null where AWS has a default", { ...ISSUED, keyAlgorithm: null, options: null }),
      ...["RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"].map(
        (keyAlgorithm) => pass(`a key of ${keyAlgorithm}`, { ...ISSUED, keyAlgorithm }),
      ),
      refuse(
        "a weak key, saying which are strong",
        { ...ISSUED, keyAlgorithm: "RSA_1024" },
        "left out (RSA_2048), or one of RSA_2048, RSA_3072, RSA_4096, EC_prime256v1, EC_secp384r1, EC_secp521r1.",
      ),
      advise(
        "transparency off, saying why",
        transparency("DISABLED"),
        'it must be left out, or "ENABLED", as browsers refuse certificates that are in no transparency log.',
      ),
      advise(
        "a wildcard, saying what else to write",
        { ...ISSUED, domainName: " *.store.example" },
        "it must be a name without a wildcard, or the setting allowWildcards must be true.",
      ),
      pass("a name with a star further on", { ...ISSUED, domainName: "www.*.example" }),
      pass("options that don't affect transparency", { ...ISSUED, options: { export: "ENABLED" } }),
      pass("transparency in so many words", transparency("ENABLED")),
      pass("an imported certificate, whatever its key", IMPORTED),
      pass("an imported certificate with a write-only key", {
        certificateBody: "-----BEGIN",
        privateKeyWo: secret("k"),
      }),
      pass("a private one, which needs no validation", {
        domainName: "store.internal",
        certificateAuthorityArn: UNKNOWN,
        options: { certificateTransparencyLoggingPreference: "DISABLED" },
      }),
      advise(
        "validation by e-mail",
        { ...ISSUED, validationMethod: "EMAIL" },
        'validationMethod is "EMAIL"; it must be "DNS"',
      ),
      advise("no validation", without(ISSUED, "validationMethod"), "validationMethod is not set"),
      advise("unknown validation", { ...ISSUED, validationMethod: UNKNOWN }, "validationMethod is not known"),
      advise(
        "validation of the wrong type",
        { ...ISSUED, validationMethod: ["DNS"] },
        "validationMethod is a list",
      ),
      advise(
        "a body left empty, which AWS takes for none",
        { ...ISSUED, validationMethod: "EMAIL", certificateBody: "" },
        "validationMethod",
      ),
      advise(
        "an authority left empty",
        { ...ISSUED, validationMethod: "EMAIL", certificateAuthorityArn: "" },
        "validationMethod",
      ),
      refuse(
        "a short key",
        { ...ISSUED, keyAlgorithm: "RSA_1024" },
        'keyAlgorithm is "RSA_1024"; it must be left out',
      ),
      refuse("an unknown key", { ...ISSUED, keyAlgorithm: UNKNOWN }, "keyAlgorithm is not known"),
      refuse(
        "a short key of a private certificate",
        { certificateAuthorityArn: UNKNOWN, keyAlgorithm: "RSA_1024" },
        "keyAlgorithm",
      ),
      advise(
        "no transparency",
        transparency("DISABLED"),
        'options.certificateTransparencyLoggingPreference is "DISABLED"',
      ),
      advise(
        "unknown transparency",
        transparency(UNKNOWN),
        "certificateTransparencyLoggingPreference is not known",
      ),
      advise(
        "unknown options",
        { ...ISSUED, options: UNKNOWN },
        "certificateTransparencyLoggingPreference is not known",
      ),
      advise(
        "a wildcard",
        { ...ISSUED, domainName: "*.example.com" },
        'domainName begins with "*"; it must be',
      ),
      advise(
        "a wildcard among other names",
        { ...ISSUED, subjectAlternativeNames: ["a.example.com", "*.b.example.com"] },
        'subjectAlternativeNames[1] begins with "*"',
      ),
      advise(
        "a wildcard beside a name that is not known",
        { ...ISSUED, subjectAlternativeNames: [UNKNOWN, "*.example.com"] },
        "subjectAlternativeNames[1]",
      ),
      advise(
        "a wildcard that isn't in a list",
        { ...ISSUED, subjectAlternativeNames: "*.example.com" },
        'subjectAlternativeNames begins with "*"',
      ),
      advise(
        "a wildcard of a private certificate",
        { certificateAuthorityArn: UNKNOWN, domainName: "*.internal" },
        "domainName",
      ),
      advise(
        "all that is wrong, at once",
        { domainName: "*.a", validationMethod: UNKNOWN },
        /validationMethod[^]*domainName begins with "\*"/,
      ),
    ]);
    suite.checkTypes(CERTIFICATE, {}, "advisory");
    suite.checkSilence(
      CERTIFICATE[0],
      { domainName: secret("*.hunter2.example"), validationMethod: secret("hunter2") },
      "advisory",
    );
    suite.checkSilence(CERTIFICATE[0], { ...ISSUED, keyAlgorithm: secret("hunter2") });

    it("accepts the key algorithms on its list and no other", async () => {
      const keyAlgorithm = fc.oneof(
        fc.constantFrom(...KEY_ALGORITHMS),
        fc.constantFrom("RSA_1024", "rsa_2048", "RSA_2048 ", "EC_secp256k1", ""),
        fc.string(),
      );
      await fc.assert(
        fc.asyncProperty(keyAlgorithm, async (key) => {
          const messages = await suite.judge({
            type: CERTIFICATE[0],
            props: { ...ISSUED, keyAlgorithm: key },
          });
          assert.equal(messages.length === 0, KEY_ALGORITHMS.includes(key));
        }),
        { numRuns: 25 },
      );
    });
  });

  describe("on an imported certificate", () => {
    const KEY = { privateKey: secret(UNKNOWN) };
    for (const type of [CERTIFICATE[0], SERVER_CERTIFICATE[0]]) {
      suite.check(type, [
        pass(`an RSA key of 2048 bits in ${type}`, { ...KEY, certificateBody: RSA_2048 }),
        pass(`a key of an elliptic curve in ${type}`, { ...KEY, certificateBody: EC_256 }),
        pass(`a body that is not known yet in ${type}`, { ...KEY, certificateBody: UNKNOWN }),
        pass(`what is no certificate in ${type}`, { ...KEY, certificateBody: "nothing" }),
        pass(`a body of the wrong type in ${type}`, { ...KEY, certificateBody: [RSA_1024] }),
        refuse(
          `an RSA key of 1024 bits in ${type}`,
          { ...KEY, certificateBody: RSA_1024 },
          "certificateBody has an RSA key of 1024 bits; it must have at least 2048",
        ),
        refuse(
          `a secret one in ${type}`,
          { ...KEY, certificateBody: secret(RSA_1024) },
          "an RSA key of 1024 bits",
        ),
      ]);
    }
    suite.check(SERVER_CERTIFICATE[0], [pass("a certificate without a body", {})]);
    suite.check(
      CERTIFICATE[0],
      ["certificateBody", "privateKey", "privateKeyWo"].map((part) =>
        pass(`one that brings its ${part}, whose name and validation are another's`, {
          domainName: "*.example.com",
          [part]: UNKNOWN,
        }),
      ),
    );
    suite.checkTypes([...CERTIFICATE, ...SERVER_CERTIFICATE], { certificateBody: RSA_1024 });
  });

  describe("with allowWildcards", () => {
    before(() => suite.configure({ allowWildcards: true }));
    after(() => suite.reset());
    suite.check(CERTIFICATE[0], [
      pass("a wildcard", { ...ISSUED, domainName: "*.example.com" }),
      advise(
        "a wildcard validated by e-mail",
        { domainName: "*.example.com", validationMethod: "EMAIL" },
        "validationMethod",
      ),
    ]);
  });

  describe("on an additional certificate of a listener", () => {
    suite.check(LISTENER_CERTIFICATE[0], [
      pass("one whose references are not known yet", ATTACHED),
      pass("one whose references are known", { listenerArn: "arn:aws:l", certificateArn: "arn:aws:c" }),
      refuse("one without a certificate", { listenerArn: UNKNOWN }, "certificateArn is not set"),
      refuse("an empty one", { ...ATTACHED, certificateArn: "" }, "certificateArn is an empty string"),
      refuse("one of the wrong type", { ...ATTACHED, certificateArn: [UNKNOWN] }, "certificateArn is a list"),
    ]);
    suite.checkTypes(LISTENER_CERTIFICATE, {});
  });
});
