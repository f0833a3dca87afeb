import type { DNS } from "../../../../../policies/rules/refused-by-aws/api-prose/dns";
import { long, type Refused } from "./refused";

/** By line of DNS. */
export const DNS_REFUSED: Readonly<Record<keyof typeof DNS, Refused>> = {
  "dns-names": ["store..example.com", `${long(64)}.example.com`, `${`${long(63)}.`.repeat(4)}com`].map(
    (name) =>
      [
        { name },
        "name is another string (not shown, as it may be secret); " +
          "AWS takes labels of up to 63 bytes between dots, and up to 255 bytes in all",
      ] as const,
  ),
  "record-kind": [
    [
      { aliases: [{ name: "a" }], records: ["192.0.2.1"], ttl: 60 },
      "aliases and records are both set; AWS takes one of them",
      "aliases and ttl are both set; AWS takes an alias without ttl",
    ],
    [{ ttl: 60 }, "aliases and records are both left out; AWS takes one of them"],
    [{ records: ["192.0.2.1"] }, "ttl is not set; AWS takes records with it only"],
  ],
  "record-routing": [
    [
      { weightedRoutingPolicies: [{ weight: 1 }], ttl: 60, records: ["192.0.2.1"] },
      "setIdentifier is not set; AWS takes weightedRoutingPolicies with it only",
    ],
    [
      { setIdentifier: "blue", ttl: 60, records: ["192.0.2.1"] },
      "setIdentifier is set; AWS takes it with a routing policy only",
    ],
    [
      {
        setIdentifier: "blue",
        weightedRoutingPolicies: [{ weight: 1 }],
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        ttl: 60,
        records: ["192.0.2.1"],
      },
      "weightedRoutingPolicies and failoverRoutingPolicies are set; AWS takes one routing policy",
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
          `records[0] is another string (not shown, as it may be secret); AWS takes ${allowed} with type "${type}"`,
        ] as const,
    ),
    [
      { type: "CNAME", ttl: 60, records: ["a.example.com", "b.example.com"] },
      'records has 2 values and type is "CNAME"; AWS takes one for it',
    ],
  ],
  "health-check-interval": [[{ requestInterval: 20 }, 'requestInterval is 20; AWS takes "10", "30"']],
  "health-check-search": [
    [
      { type: "HTTPS_STR_MATCH" },
      'searchString is not set and type is "HTTPS_STR_MATCH"; AWS takes it with searchString only',
    ],
    [
      { type: "HTTPS", searchString: "ready" },
      'searchString is set and type is "HTTPS"; AWS takes it with "HTTP_STR_MATCH" and "HTTPS_STR_MATCH" only',
    ],
  ],
  "certificate-common-name": [
    [
      { domainName: `${long(61)}.com` },
      "domainName has 65 characters; AWS takes 64 characters at most; a longer name goes into subjectAlternativeNames",
    ],
  ],
};
