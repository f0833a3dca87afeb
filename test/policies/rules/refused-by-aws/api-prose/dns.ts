import type { DNS } from "../../../../../policies/rules/refused-by-aws/api-prose/dns";
import { long, type Refused } from "./refused";

/** Refused inputs, by line of DNS. */
export const DNS_REFUSED: Readonly<Record<keyof typeof DNS, Refused>> = {
  "dns-names": ["store..example.com", `${long(64)}.example.com`, `${`${long(63)}.`.repeat(4)}com`].map(
    (name) =>
      [
        { name },
        "name is another string (not shown, as it may be secret); " +
          "AWS allows labels of up to 63 bytes, separated by dots, and up to 255 bytes in total",
      ] as const,
  ),
  "record-kind": [
    [
      { aliases: [{ name: "a" }], records: ["192.0.2.1"], ttl: 60 },
      "aliases and records are both set; AWS allows only one of them",
      "aliases and ttl are both set; AWS allows only one of them",
    ],
    [{ ttl: 60 }, "neither aliases nor records is set; AWS requires one of them"],
    [{ records: ["192.0.2.1"] }, "records is set without ttl; AWS requires both together"],
  ],
  "record-routing": [
    [
      { weightedRoutingPolicies: [{ weight: 1 }], ttl: 60, records: ["192.0.2.1"] },
      "weightedRoutingPolicies is set without setIdentifier; AWS requires both together",
    ],
    [
      { setIdentifier: "blue", ttl: 60, records: ["192.0.2.1"] },
      "setIdentifier is set without a routing policy; AWS requires both together",
    ],
    [
      {
        setIdentifier: "blue",
        weightedRoutingPolicies: [{ weight: 1 }],
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        ttl: 60,
        records: ["192.0.2.1"],
      },
      "weightedRoutingPolicies and failoverRoutingPolicies are set; AWS allows only one routing policy",
    ],
  ],
  "record-values": [
    ...(
      [
        ["A", "store.example.com", "an IPv4 address"],
        ["AAAA", "192.0.2.1", "an IPv6 address"],
        ["MX", "mail.example.com", 'a priority and a mail server, such as "10 mail.example.com"'],
        ["CAA", "amazon.com", "flags, tag and value, such as '0 issue \"amazon.com\"'"],
        ["TXT", long(256), 'strings of up to 255 characters, with `" "` between them'],
      ] as const
    ).map(
      ([type, record, allowed]) =>
        [
          { type, ttl: 60, records: [record] },
          `records[0] is another string (not shown, as it may be secret); AWS allows ${allowed} for type "${type}"`,
        ] as const,
    ),
    [
      { type: "CNAME", ttl: 60, records: ["a.example.com", "b.example.com"] },
      'records has 2 values, but type is "CNAME"; AWS allows only one',
    ],
  ],
  "health-check-interval": [[{ requestInterval: 20 }, 'requestInterval is 20; AWS allows "10", "30"']],
  "health-check-search": [
    [
      { type: "HTTPS_STR_MATCH" },
      'type is "HTTPS_STR_MATCH", but searchString is not set; AWS requires it for this type',
    ],
    [
      { type: "HTTPS", searchString: "ready" },
      'searchString is set, but type is "HTTPS"; AWS allows it only with "HTTP_STR_MATCH" and "HTTPS_STR_MATCH"',
    ],
  ],
  "certificate-common-name": [
    [
      { domainName: `${long(61)}.com` },
      "domainName has 65 characters; AWS allows at most 64 characters; put a longer name into subjectAlternativeNames",
    ],
  ],
};
