import assert from "node:assert/strict";

import { inOrder } from "../../../packages/rehearse/engine/order";
import { isPending } from "../../../packages/rehearse/engine/pending";
import { newResource, type Resource } from "../../../packages/rehearse/engine/resource";
import { UNKNOWN } from "../../../packages/rehearse/values";

const resource = (urn: string, given: Partial<Resource> = {}): Resource =>
  newResource({ urn, type: "a:b:C", name: urn, parent: "", custom: true, inputs: {}, ...given });

describe("the order of resources", () => {
  const order = (...resources: Resource[]): string => {
    const urns = inOrder(resources).map(({ urn }) => urn);
    assert.deepEqual(
      inOrder([...resources].reverse()).map(({ urn }) => urn),
      urns,
    );
    return urns.join(" ");
  };

  it("follows their URNs, the stack's root first", () => {
    assert.equal(order(resource("c"), resource("z", { custom: false }), resource("b")), "z b c");
    assert.equal(order(resource("c"), resource("b", { custom: false, parent: "c" }), resource("a")), "a c b");
  });

  it("puts a resource after its dependencies", () => {
    const [b, c, d] = [resource("b"), resource("c"), resource("d")];
    for (const needs of [
      { parent: "d" },
      { provider: "d::1234" },
      { deletedWith: "d" },
      { dependencies: ["d"] },
      { propertyDependencies: { tags: ["c"], name: ["d"] } },
    ])
      assert.match(order(resource("a", needs), b, c, d), /^(d a|c d a) b/, JSON.stringify(needs));
    assert.equal(order(resource("a", { dependencies: ["d", "c"] }), b, c, d), "c d a b");
  });

  it("tolerates cycles and missing dependencies", () => {
    const [a, b] = [resource("a", { dependencies: ["b", "gone"] }), resource("b", { dependencies: ["a"] })];
    assert.equal(order(a, b), "b a");
  });
});

describe("what a function depends on is pending", () => {
  const resources = new Map(
    [
      resource("there", { id: "1" }),
      resource("coming", { id: UNKNOWN }),
      ...["full", "outer", "ready", "empty", "box"].map((urn) => resource(urn, { custom: false })),
      resource("in-full", { parent: "full", id: UNKNOWN }),
      resource("in-full-too", { parent: "full", id: "2" }),
      resource("inner", { parent: "outer", custom: false }),
      resource("in-inner", { parent: "inner", id: UNKNOWN }),
      resource("in-ready", { parent: "ready", id: "3" }),
      resource("below-in-ready", { parent: "in-ready", id: UNKNOWN }),
    ].map((each) => [each.urn, each]),
  );
  const pending = (urns: string[], mode: "preview" | "up" = "preview"): boolean =>
    isPending(urns, resources, new Set(["box"]), mode);

  it("if one of its dependencies, or a resource in a component, at any depth, is yet to be created", () => {
    for (const urn of ["coming", "full", "outer"]) {
      assert.ok(pending([urn]), urn);
      assert.ok(pending(["there", urn]), urn);
    }
  });

  it("if it is a component with unknown children, in a preview", () => {
    assert.ok(pending(["box"]));
    assert.ok(!pending(["box"], "up"));
  });

  it("in no other case: not for a custom resource's children, nor for a resource outside this deployment", () => {
    assert.ok(!pending(["there", "ready", "empty", "elsewhere"]));
    assert.ok(!pending([]));
  });
});
