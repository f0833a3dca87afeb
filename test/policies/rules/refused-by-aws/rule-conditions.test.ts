import { LISTENER_RULE } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const when = (...conditions: unknown[]): Props => ({ conditions });
const paths = (...values: unknown[]): Props => ({ pathPattern: { values } });
const hosts = (...values: unknown[]): Props => ({ hostHeader: { values } });
const header = (...values: unknown[]): Props => ({ httpHeader: { httpHeaderName: "X-Colour", values } });

describe("rule-conditions", () => {
  const suite = RuleSuite.ofProse("rule-conditions");
  suite.checkSentences(LISTENER_RULE[0], [
    { title: "passes a path", props: when(paths("/cart")), says: [] },
    {
      title: "passes five values of several kinds, headers and query strings more than once",
      props: when(
        header("a"),
        header("b"),
        { queryStrings: [{ value: "c" }, { key: "k", value: "d" }] },
        hosts("*.e"),
      ),
      says: [],
    },
    { title: "passes six wildcards", props: when(paths("/*/*", "/*/*", "/*?")), says: [] },
    {
      title: "passes regular expressions instead of values",
      props: when({ pathPattern: { regexValues: ["^/a"] } }),
      says: [],
    },
    {
      title: "passes secrets",
      props: when({ sourceIp: secret({ values: secret(["192.0.2.1/32"]) }) }),
      says: [],
    },
    {
      title: "refuses values and expressions in one condition, known or not",
      props: when(
        { pathPattern: { values: ["/a"], regexValues: ["^/b"] } },
        { hostHeader: { values: UNKNOWN, regexValues: ["^b"] } },
        { httpHeader: { httpHeaderName: "X-Colour", values: [], regexValues: ["a"] } },
      ),
      says: [
        "conditions[0].pathPattern has values and regexValues; AWS allows only one of them",
        "conditions[1].hostHeader has values and regexValues; AWS allows only one of them",
      ],
    },
    { title: "passes unknown conditions", props: { conditions: UNKNOWN }, says: [] },
    {
      title: "passes unknown conditions, kinds and values",
      props: when(UNKNOWN, { hostHeader: UNKNOWN }, { pathPattern: { values: UNKNOWN } }, header(UNKNOWN)),
      says: [],
    },
    {
      title: "refuses an empty list of conditions",
      props: when(),
      says: ["conditions has no element; it must have at least one"],
    },
    {
      title: "refuses absent conditions",
      props: {},
      says: ["conditions has no element; it must have at least one"],
    },
    {
      title: "refuses a condition without a kind",
      props: when({}, { queryStrings: [] }),
      says: [0, 1].map(
        (index) =>
          `conditions[${index}] has no kind of condition; AWS requires exactly one of ` +
          "hostHeader, pathPattern, httpRequestMethod, sourceIp, httpHeader, queryStrings",
      ),
    },
    {
      title: "refuses a condition with two kinds",
      props: when({ ...paths("/a"), hostHeader: UNKNOWN }),
      says: [
        "conditions[0] has hostHeader and pathPattern; AWS requires exactly one of " +
          "hostHeader, pathPattern, httpRequestMethod, sourceIp, httpHeader, queryStrings",
      ],
    },
    {
      title: "refuses a condition without values",
      props: when(paths(), { hostHeader: {} }),
      says: [
        "conditions[0].pathPattern has no values; it must have at least one",
        "conditions[1].hostHeader has no values; it must have at least one",
      ],
    },
    ...[
      ["hostHeader", hosts("a.example.com")],
      ["pathPattern", paths("/a")],
      ["httpRequestMethod", { httpRequestMethod: { values: ["GET"] } }],
      ["sourceIp", { sourceIp: { values: ["192.0.2.1/32"] } }],
    ].map(([kind, condition]) => ({
      title: `refuses ${String(kind)} in two elements`,
      props: when(condition, condition),
      says: [
        `conditions has ${String(kind)} more than once; AWS allows it in only one element, with all its values`,
      ],
    })),
    {
      title: "refuses six values",
      props: when(paths("/1", "/2", "/3"), hosts("a", "b"), { queryStrings: [{ value: UNKNOWN }] }),
      says: ["conditions has 6 values; AWS allows at most 5 in a rule"],
    },
    {
      title: "refuses seven wildcards",
      props: when(paths("/*/*", "/*/*"), hosts("*.?.*")),
      says: ["conditions has 7 wildcards; AWS allows at most 6 in a rule"],
    },
    {
      title: "refuses a value of 129 characters",
      props: when(UNKNOWN, paths(`/${"p".repeat(128)}`)),
      says: ["conditions[1].pathPattern has a value of 129 characters; AWS allows at most 128"],
    },
  ]);
});
