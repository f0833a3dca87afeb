import { AUTO_SCALING_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const refresh = (autoRollback: unknown): Props => ({
  instanceRefresh: { strategy: "Rolling", preferences: { autoRollback } },
});

describe("refresh-rollback", () => {
  const suite = new RuleSuite("refresh-rollback");
  const says = (text: string): string[] => [`instanceRefresh.preferences.autoRollback ${text}`];
  suite.checkSentences(AUTO_SCALING_GROUP[0], [
    { title: "passes a refresh without rollback", props: refresh(false), says: [] },
    { title: "passes false as a text", props: refresh("false"), says: [] },
    { title: "passes an absent rollback", props: { instanceRefresh: { strategy: "Rolling" } }, says: [] },
    { title: "passes a group without an instance refresh", props: {}, says: [] },
    { title: "passes a secret false", props: refresh(secret(false)), says: [] },
    { title: "advises on true", props: refresh(true), says: says("is true; it must be false") },
    {
      title: "advises on a secret true",
      props: refresh(secret(true)),
      says: says("is true; it must be false"),
    },
    { title: "advises on true as a text", props: refresh("true"), says: says('is "true"; it must be false') },
    {
      title: "advises on an unknown rollback",
      props: refresh(UNKNOWN),
      says: says("is not known before deployment; it must be false"),
    },
    {
      title: "advises on a rollback of the wrong type",
      props: refresh([true]),
      says: says("is a list; it must be false"),
    },
  ]);
});
