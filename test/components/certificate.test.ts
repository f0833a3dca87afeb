import assert from "node:assert/strict";

import { validationAdvice, validationDomains } from "../../components/certificate/certificate";

describe("validationDomains", () => {
  it("needs one record for an apex and its wildcard", () => {
    assert.deepEqual(validationDomains(["example.com", "*.example.com"]), ["example.com"]);
  });

  it("needs a record for each other name, in the order of the names", () => {
    const names = ["store.example.com", "*.shop.example.com", "example.com", "*.store.example.com"];
    assert.deepEqual(validationDomains(names), ["store.example.com", "shop.example.com", "example.com"]);
  });
});

describe("validationAdvice", () => {
  it("states what timed out, after how long, and what to check", () => {
    const advice = validationAdvice({
      domainName: "store.example.com",
      hostedZoneName: "example.com",
      hostedZoneId: "Z1",
      validationMinutes: 15,
    });
    assert.match(
      advice,
      /^ACM did not validate the certificate for store\.example\.com within 15 minutes\.\n/,
    );
    assert.match(advice, /^1\. dig \+short NS example\.com /m);
    assert.match(advice, /^2\. dig CAA example\.com /m);
    assert.match(advice, /raise certificate\.validationMinutes\.$/);
  });

  it("tells you to check the records themselves if no hosted zone contains them", () => {
    const advice = validationAdvice({
      domainName: "store.example.com",
      hostedZoneName: "store.example.com",
      validationMinutes: 15,
    });
    assert.match(advice, /^1\. dig \+short CNAME of each validation record's name answers with its value; /m);
    assert.doesNotMatch(advice, /Route 53/);
  });
});
