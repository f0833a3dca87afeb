import { LOAD_BALANCER } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

describe("deletion-protection", () => {
  const suite = new RuleSuite("deletion-protection");
  for (const type of LOAD_BALANCER) {
    suite.checkSentences(type, [
      { title: `passes a protected ${type}`, props: { enableDeletionProtection: true }, says: [] },
      {
        title: `advises on an unprotected ${type}`,
        props: {},
        says: ["enableDeletionProtection is not set, which means false; it must be true"],
      },
    ]);
  }
  suite.checkSentences(LOAD_BALANCER[0], [
    { title: "passes a secret true", props: { enableDeletionProtection: secret(true) }, says: [] },
    {
      title: "advises on false",
      props: { enableDeletionProtection: false },
      says: ["enableDeletionProtection is false; it must be true"],
    },
    {
      title: "passes true as a text, as YAML programs send it",
      props: { enableDeletionProtection: "true" },
      says: [],
    },
    {
      title: "advises on false as a text",
      props: { enableDeletionProtection: "false" },
      says: ['enableDeletionProtection is "false"; it must be true'],
    },
    {
      title: "advises on null",
      props: { enableDeletionProtection: null },
      says: ["enableDeletionProtection is not set, which means false; it must be true"],
    },
    {
      title: "advises on an unknown value",
      props: { enableDeletionProtection: UNKNOWN },
      says: ["enableDeletionProtection is not known before deployment; it must be true"],
    },
    {
      title: "advises on a list",
      props: { enableDeletionProtection: [true] },
      says: ["enableDeletionProtection is a list; it must be true"],
    },
  ]);
});
