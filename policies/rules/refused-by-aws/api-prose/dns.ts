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
}, "labels of up to 63 bytes between dots, and up to 255 bytes in all");

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
    aliases && records ? "aliases and records are both set; AWS takes one of them" : undefined,
    aliases && ttl ? "aliases and ttl are both set; AWS takes an alias without ttl" : undefined,
    !aliases && !records ? "aliases and records are both left out; AWS takes one of them" : undefined,
    records && !ttl ? "ttl is not set; AWS takes records with it only" : undefined,
  ];
}

function routingProblems(props: unknown): (string | undefined)[] {
  const policies = ROUTING.filter((property) => isSet(props, property));
  const hasIdentifier = isSet(props, "setIdentifier");
  return [
    policies.length > 1 ? `${policies.join(" and ")} are set; AWS takes one routing policy` : undefined,
    policies.length > 0 && !hasIdentifier
      ? `setIdentifier is not set; AWS takes ${policies[0]} with it only`
      : undefined,
    policies.length === 0 && hasIdentifier
      ? "setIdentifier is set; AWS takes it with a routing policy only"
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
      ? `records has ${records.length} values and type is "CNAME"; AWS takes one for it`
      : undefined,
    ...records.map((record, index) => {
      const problem = limit === undefined ? undefined : problemOf(`records[${index}]`, record, limit);
      return problem === undefined ? undefined : `${problem} with type "${type}"`;
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
          ? `searchString is not set and type is "${type}"; AWS takes it with searchString only`
          : undefined,
        ["HTTP", "HTTPS", "TCP"].includes(type) && string !== "absent"
          ? `searchString is set and type is "${type}"; AWS takes it with "HTTP_STR_MATCH" and "HTTPS_STR_MATCH" only`
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
      characters(64, "64 characters at most; a longer name goes into subjectAlternativeNames"),
    ),
    example: { domainName: "store.example.com" },
    source: "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
  },
} satisfies Readonly<Record<string, Line>>;
