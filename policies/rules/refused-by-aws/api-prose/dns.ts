import { isIPv4, isIPv6 } from "node:net";
import { CERTIFICATE, HEALTH_CHECK, RECORD } from "../../../resources";
import { isList, read, readList } from "../../../read";
import { oneOf, text } from "../known";
import { characters, each, expecting, problemOf, form, isSet } from "./line";
import type { Limit, Line } from "./line";
import { ZONE } from "./types";

const GUIDE = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide";
const API = "https://docs.aws.amazon.com/Route53/latest/APIReference";

const NAME = form((name) => {
  const labels = name.replace(/\.$/, "").split(".");
  return (
    Buffer.byteLength(name) <= 255 && labels.every((label) => label !== "" && Buffer.byteLength(label) <= 63)
  );
}, "labels of up to 63 bytes, separated by dots, and up to 255 bytes in total");

/** A value of several strings is written `first" "second`; the provider adds the outer quotation marks. */
const TXT = form(
  (value) =>
    value
      .replace(/^"|"$/g, "")
      .split(/(?<!\\)"\s*"/)
      .every((part) => part.length <= 255),
  'strings of up to 255 characters, with `" "` between them',
);

/** By record type. */
const VALUES: Readonly<Record<string, Limit>> = {
  A: form((value) => isIPv4(value), "an IPv4 address"),
  AAAA: form((value) => isIPv6(value), "an IPv6 address"),
  MX: form(
    (value) => /^\d{1,5}\s+\S+$/.test(value),
    'a priority and a mail server, such as "10 mail.example.com"',
  ),
  CAA: form(
    (value) => /^\d{1,3}\s+\w+\s+"[^"]*"$/.test(value),
    "flags, tag and value, such as '0 issue \"amazon.com\"'",
  ),
  TXT,
  SPF: TXT,
};

const ROUTING = [
  "weightedRoutingPolicies",
  "latencyRoutingPolicies",
  "geolocationRoutingPolicies",
  "geoproximityRoutingPolicy",
  "failoverRoutingPolicies",
  "cidrRoutingPolicy",
  "multivalueAnswerRoutingPolicy",
] as const;

function recordKindProblems(props: unknown): (string | undefined)[] {
  const [aliases, records, ttl] = ["aliases", "records", "ttl"].map((property) => isSet(props, property));
  return [
    aliases && records ? "aliases and records are both set; AWS allows only one of them" : undefined,
    aliases && ttl ? "aliases and ttl are both set; AWS allows only one of them" : undefined,
    !aliases && !records ? "neither aliases nor records is set; AWS requires one of them" : undefined,
    records && !ttl ? "records is set without ttl; AWS requires both together" : undefined,
  ];
}

function routingProblems(props: unknown): (string | undefined)[] {
  const policies = ROUTING.filter((property) => isSet(props, property));
  const hasIdentifier = isSet(props, "setIdentifier");
  return [
    policies.length > 1 ? `${policies.join(" and ")} are set; AWS allows only one routing policy` : undefined,
    policies.length > 0 && !hasIdentifier
      ? `${policies[0]} is set without setIdentifier; AWS requires both together`
      : undefined,
    policies.length === 0 && hasIdentifier
      ? "setIdentifier is set without a routing policy; AWS requires both together"
      : undefined,
  ];
}

function valueProblems(props: unknown): (string | undefined)[] {
  const type = text(read(props, ["type"])) ?? "";
  const records = readList(props, ["records"]);
  if (!isList(records)) return [];
  const limit = Object.hasOwn(VALUES, type) ? VALUES[type] : undefined;
  return [
    type === "CNAME" && records.length > 1
      ? `records has ${records.length} values, but type is "CNAME"; AWS allows only one`
      : undefined,
    ...records.map((record, index) => {
      const problem = limit === undefined ? undefined : problemOf(`records[${index}]`, record, limit);
      return problem === undefined ? undefined : `${problem} for type "${type}"`;
    }),
  ];
}

const SEARCHES = ["HTTP_STR_MATCH", "HTTPS_STR_MATCH"];

/** Route 53 and the names in certificates. */
export const DNS = {
  "dns-names": {
    types: [...RECORD, ...ZONE],
    problems: each(["name"], NAME),
    example: { name: "store.example.com", ttl: 300, records: ["192.0.2.1"] },
    source: `${GUIDE}/DomainNameFormat.html`,
  },
  "record-kind": {
    types: RECORD,
    problems: recordKindProblems,
    example: { name: "www", type: "CNAME", ttl: 300, records: ["store.example.com"] },
    source: `${API}/API_ResourceRecordSet.html`,
  },
  "record-routing": {
    types: RECORD,
    problems: routingProblems,
    example: {
      weightedRoutingPolicies: [{ weight: 10 }],
      setIdentifier: "blue",
      ttl: 60,
      records: ["192.0.2.1"],
    },
    source: `${API}/API_ResourceRecordSet.html`,
  },
  "record-values": {
    types: RECORD,
    problems: valueProblems,
    example: { type: "TXT", ttl: 300, records: ['v=DKIM1; p=first" "second'] },
    source: `${GUIDE}/ResourceRecordTypes.html`,
  },
  "health-check-interval": {
    types: HEALTH_CHECK,
    problems: each(["requestInterval"], expecting(oneOf(["10", "30"], ["\\d{1,9}"]))),
    example: { type: "TCP", requestInterval: 30 },
    source: `${GUIDE}/health-checks-creating-values.html`,
  },
  "health-check-search": {
    types: HEALTH_CHECK,
    problems: (props) => {
      const type = text(read(props, ["type"])) ?? "";
      const searches = SEARCHES.includes(type);
      const string = read(props, ["searchString"]).kind;
      return [
        searches && string === "absent"
          ? `type is "${type}", but searchString is not set; AWS requires it for this type`
          : undefined,
        ["HTTP", "HTTPS", "TCP"].includes(type) && string !== "absent"
          ? `searchString is set, but type is "${type}"; AWS allows it only with "HTTP_STR_MATCH" and "HTTPS_STR_MATCH"`
          : undefined,
      ];
    },
    example: { type: "HTTPS_STR_MATCH", fqdn: "store.example.com", searchString: "ready" },
    source: `${API}/API_HealthCheckConfig.html`,
  },
  "certificate-common-name": {
    types: CERTIFICATE,
    problems: each(
      ["domainName"],
      characters(64, "at most 64 characters; put a longer name into subjectAlternativeNames"),
    ),
    example: { domainName: "store.example.com" },
    source: "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
  },
} satisfies Readonly<Record<string, Line>>;
