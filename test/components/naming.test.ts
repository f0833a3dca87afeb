import assert from "node:assert/strict";

import fc from "fast-check";

import {
  boundedName,
  isTagKey,
  isTagValue,
  named,
  RESERVED_TAG_KEYS,
  stackTags,
  tagValue,
} from "../../components/naming";

/** A load balancer's name: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
function assertLoadBalancerName(name: string): void {
  assert.match(name, /^[A-Za-z0-9-]{1,32}$/, name);
  assert.doesNotMatch(name, /^-|-$|^internal-/, name);
}

/** A tag's value: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Tag.html, and the service's own pattern. */
function assertTagValue(value: string): void {
  assert.match(value, /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u, value);
}

/** The name with the suffix that Pulumi appends to a logical name. */
const autoNamed = (logicalName: string): string => `${logicalName}-1a2b3c4`;

// Pulumi itself allows letters, digits, hyphens, underscores and periods; other hosts of the program may allow more.
const oddNames = [
  "a",
  "Z",
  "7",
  "0-0",
  "42-is-the-answer",
  "2024.06.01",
  "1e3",
  "0x1f",
  "007",
  "dev",
  "DEV",
  "Dev",
  "dev_",
  "_dev",
  "-dev",
  "dev-",
  "--dev--",
  "dev..test",
  ".dev",
  "dev.",
  "..",
  "--",
  "___",
  "internal",
  "internal-",
  "internal-tools",
  "internal-internal-x",
  "Internal-tools",
  "INTERNAL-x",
  "feature/checkout",
  "feature_checkout_v2",
  "pr-1234-fix-the-thing-that-broke-last-week",
  "a".repeat(100),
  "x".repeat(23),
  "x".repeat(24),
  "x".repeat(25),
  `${"y".repeat(23)}-`,
  `${"y".repeat(24)}-z`,
  "-".repeat(40),
  "münchen",
  "Größe",
  "東京",
  "Ελλάδα",
  "мир",
  "naïve-café",
  "e\u0301clair",
  "🛒",
  "🛒-shop",
  "a\u0000b",
  "\t",
  "",
  "user@example.com",
  "team a",
  "100%",
  "<script>",
  "$(reboot)",
  "a'b\"c",
  "C:\\stack",
  "*",
  "ſtore",
  "ﬁne",
];

describe("boundedName", () => {
  it(`converts each of ${oddNames.length} odd names to a load balancer's name`, () => {
    assert(oddNames.length >= 50);
    for (const name of oddNames) assertLoadBalancerName(autoNamed(boundedName(name)));
  });

  it("keeps all the odd names distinct", () => {
    assert.equal(new Set(oddNames.map((name) => boundedName(name))).size, oddNames.length);
  });

  it("converts any text to a valid name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 120 }), (name) =>
        assertLoadBalancerName(autoNamed(boundedName(name))),
      ),
    );
  });

  it("does not change a valid name", () => {
    assert.equal(boundedName("web-store-alb"), "web-store-alb");
    assert.equal(boundedName("x".repeat(24)), "x".repeat(24));
  });

  it("replaces other characters by one hyphen, and removes the prefix internal- once", () => {
    assert.match(boundedName("dev..test"), /^dev-test-[0-9a-f]+$/);
    assert.match(boundedName("internal-internal-x"), /^x-[0-9a-f]+$/);
    assert.equal(boundedName("my-internal-tools"), "my-internal-tools");
  });

  it("shortens a long name, with the same hash at the end in every run", () => {
    assert.equal(boundedName("pr-1234-fix-the-thing-alb"), "pr-1234-fix-the-t-735661");
  });

  it("keeps long names with a common beginning distinct", () => {
    const beginning = "a-long-name-that-all-of-them-share";
    assert.notEqual(boundedName(`${beginning}-blue`), boundedName(`${beginning}-green`));
  });

  it("uses the length that AWS allows a resource, with room for Pulumi's auto-naming", () => {
    assert.equal(autoNamed(boundedName("r".repeat(200), 64)).length, 64);
  });
});

describe("tagValue", () => {
  it("converts each odd name, and any text, to a valid tag", () => {
    for (const name of oddNames) assertTagValue(tagValue(name));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => assertTagValue(tagValue(text))),
    );
  });

  it("keeps letters of any language", () => {
    assert.equal(tagValue("Größe 東京 user@example.com"), "Größe 東京 user@example.com");
  });
});

describe("stackTags", () => {
  it("contains the project, the stack and what manages it", () => {
    assert.deepEqual(stackTags("web-store", "dev"), {
      Project: "web-store",
      Stack: "dev",
      ManagedBy: "Pulumi",
    });
  });

  it("adds the user's tags, none of which replaces a built-in one", () => {
    const own = { CostCenter: "4711", Stack: "prod" };
    assert.deepEqual(stackTags("web-store", "dev", own), {
      CostCenter: "4711",
      Project: "web-store",
      Stack: "dev",
      ManagedBy: "Pulumi",
    });
  });
});

describe("isTagKey", () => {
  it("accepts what AWS accepts, also in an instance's metadata", () => {
    for (const key of ["CostCenter", "cost-center", "shop:owner", "data.class", "a@b=c+d_e", "x".repeat(128)])
      assert.ok(isTagKey(key), key);
    for (const key of ["", "cost center", "team/shop", "größe", ".", "..", "_index", "x".repeat(129)])
      assert.ok(!isTagKey(key), key);
  });

  it("rejects AWS's keys and the built-in ones in any case, because IAM ignores case", () => {
    const ours = ["Project", "Stack", "ManagedBy", "Name", "SubnetType", "balancing-weight"];
    assert.deepEqual(RESERVED_TAG_KEYS, ours);
    for (const key of [...ours, "aws:x"])
      for (const written of [key, key.toUpperCase(), key.toLowerCase()])
        assert.ok(!isTagKey(written), written);
    assert.ok(isTagKey("awsx"));
  });
});

describe("isTagValue", () => {
  it("accepts a text of any letters that needs no change", () => {
    for (const value of ["", "shop 4711", "Größe: a/b=c+d@e.f-g_h", "x".repeat(256)])
      assert.ok(isTagValue(value), value);
    for (const value of ["a,b", "a\nb", "50%", "x".repeat(257)]) assert.ok(!isTagValue(value), value);
  });
});

describe("named", () => {
  it("adds the name that the console shows, and makes no other changes", () => {
    const tags = stackTags("web-store", "dev");
    assert.deepEqual(named(tags, "web-store-alb"), { ...tags, Name: "web-store-alb" });
    assert(!("Name" in tags));
  });
});
