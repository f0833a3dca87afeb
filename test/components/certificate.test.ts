import assert from "node:assert/strict";

import { validationDomains } from "../../components/certificate";

describe("validationDomains", () => {
  it("needs one record for an apex and its wildcard", () => {
    assert.deepEqual(validationDomains(["example.com", "*.example.com"]), ["example.com"]);
  });

  it("needs a record for each other name, in the order of the names", () => {
    const names = ["store.example.com", "*.shop.example.com", "example.com", "*.store.example.com"];
    assert.deepEqual(validationDomains(names), ["store.example.com", "shop.example.com", "example.com"]);
  });
});
