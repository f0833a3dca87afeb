import assert from "node:assert/strict";

import { drawArchitecture } from "../../packages/rehearse/architecture";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { UNKNOWN, type Values } from "../../packages/rehearse/values";
import { declared } from "../support/drawing";

const vpc = declared("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.0.0.0/16" });
const front = declared("aws:ec2/subnet:Subnet", "front", { mapPublicIpOnLaunch: true }, { vpcId: [vpc] });
const group = (name: string, ingress: Values[], ...from: readonly Resource[]): Resource =>
  declared("aws:ec2/securityGroup:SecurityGroup", name, { ingress }, { vpcId: [vpc], ingress: from });
const server = (name: string, ...groups: readonly Resource[]): Resource =>
  declared("aws:ec2/instance:Instance", name, {}, { subnetId: [front], vpcSecurityGroupIds: groups });
const rule = (protocol: string | number, port: number, more: Values): Values => ({
  protocol,
  fromPort: port,
  toPort: port,
  ...more,
});

/** A load balancer with a security group, and an HTTPS listener on port 443 that forwards to a server. */
function balancer(own: Resource, target: Resource): Resource[] {
  const alb = declared("aws:lb/loadBalancer:LoadBalancer", "alb", {}, { subnets: [front], securityGroups: [own] }); // prettier-ignore
  const targets = declared("aws:lb/targetGroup:TargetGroup", "web", { protocol: "HTTPS", port: 8443 });
  return [
    vpc,
    front,
    own,
    alb,
    targets,
    declared("aws:lb/listener:Listener", "https", { protocol: "HTTPS", port: 443, defaultActions: [{ type: "forward" }] }, { loadBalancerArn: [alb], defaultActions: [targets] }), // prettier-ignore
    declared("aws:lb/targetGroupAttachment:TargetGroupAttachment", "web", {}, { targetGroupArn: [targets], targetId: [target] }), // prettier-ignore
  ];
}

const open = group("open", [rule("tcp", 443, { cidrBlocks: ["0.0.0.0/0"] })]);
const a = group("a", []);
const b = group("b", []);

const bucket = (inputs: Values = {}): Resource => declared("aws:s3/bucket:Bucket", "site", inputs);
const cdn = (viewers: string, origins: Values[], ...from: readonly Resource[]): Resource =>
  declared("aws:cloudfront/distribution:Distribution", "cdn", { defaultCacheBehavior: { viewerProtocolPolicy: viewers }, origins }, { origins: from }); // prettier-ignore
const website = declared("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site", {}, { bucket: [bucket()] }); // prettier-ignore
const custom = (originProtocolPolicy: string): Values => ({
  domainName: UNKNOWN,
  customOriginConfig: { originProtocolPolicy },
});

/** The expected arrows, each as `FROM → TO: WORDS`; boxes have no others between them. */
const GRAPHS: Readonly<Record<string, readonly [resources: readonly Resource[], arrows: readonly string[]]>> =
  {
    "no way in by UDP or ICMP to a listener of TCP": [
      balancer(
        group("alb", [
          rule("udp", 443, { cidrBlocks: ["0.0.0.0/0"] }),
          rule("17", 443, { cidrBlocks: ["198.51.100.0/24"] }),
          rule("58", -1, { ipv6CidrBlocks: ["::/0"] }),
          rule("50", 0, { cidrBlocks: ["203.0.113.0/24"] }),
          rule(6, 443, { cidrBlocks: ["192.0.2.0/24"] }),
        ]),
        server("web"),
      ).concat(server("web")),
      ["192.0.2.0/24 → alb: requests by TLS: HTTPS 443", "alb → web: requests by TLS: HTTPS 8443"],
    ],
    "protocols without ports, by name or number": [
      [
        vpc,
        front,
        server(
          "web",
          group("web", [
            rule("icmpv6", -1, { ipv6CidrBlocks: ["2001:db8::/32"] }),
            rule("50", 0, { cidrBlocks: ["203.0.113.0/24"] }),
            rule("-1", 0, { prefixListIds: ["pl-12345678"] }),
          ]),
        ),
        group("web", [
          rule("icmpv6", -1, { ipv6CidrBlocks: ["2001:db8::/32"] }),
          rule("50", 0, { cidrBlocks: ["203.0.113.0/24"] }),
          rule("-1", 0, { prefixListIds: ["pl-12345678"] }),
        ]),
      ],
      [
        "2001:db8::/32 → web: a security group permits it: ICMP",
        "203.0.113.0/24 → web: a security group permits it: protocol 50",
        "pl-12345678 → web: a security group permits it: everything",
      ],
    ],
    "what a balancer may reach beside its requests": [
      (() => {
        const own = group("web", [rule("tcp", 8443, { securityGroups: [UNKNOWN] }), rule("tcp", 22, { securityGroups: [UNKNOWN] })], open); // prettier-ignore
        return [...balancer(open, server("web", own)), own, server("web", own)];
      })(),
      [
        "Internet → alb: requests by TLS: HTTPS 443",
        "alb → web: requests by TLS: HTTPS 8443",
        "alb → web: a security group permits it: 22",
      ],
    ],
    "which of several rules names whom as unknown, where it is": [
      (() => {
        const own = group("c", [rule("tcp", 22, { securityGroups: [UNKNOWN] }), rule("tcp", 443, { securityGroups: [UNKNOWN] })], a, b); // prettier-ignore
        return [vpc, front, a, b, own, server("a", a), server("b", b), server("c", own)];
      })(),
      ["a → c: a security group permits it: 22 or 443", "b → c: a security group permits it: 22 or 443"],
    ],
    "which of several rules names whom by their ids, and members of the same group": [
      (() => {
        const [x, y] = [
          { ...a, id: "sg-a" },
          { ...b, id: "sg-b" },
        ];
        const own = group("c", [rule("tcp", 22, { securityGroups: ["sg-a"] }), rule("tcp", 443, { securityGroups: ["sg-b", "sg-foreign"] }), rule("tcp", 7946, { self: true })], x, y); // prettier-ignore
        return [vpc, front, x, y, own, server("a", x), server("b", y), server("c", own), server("d", own, x)];
      })(),
      [
        "a → c: a security group permits it: 22",
        "b → c: a security group permits it: 443",
        "sg-foreign → c: a security group permits it: 443",
        "d → c: a security group permits it: 22, 7946",
        "a → d: a security group permits it: 22",
        "b → d: a security group permits it: 443",
        "sg-foreign → d: a security group permits it: 443",
        "c → d: a security group permits it: 7946",
      ],
    ],
    "a website of S3 behind CloudFront in clear text": [
      [bucket(), website, cdn("redirect-to-https", [custom("http-only")], website)],
      [
        "Internet → cdn: requests by TLS: HTTPS 443, 80 redirects",
        "cdn → site: requests in clear text: HTTP",
      ],
    ],
    "a website of S3 that its bucket declares behind CloudFront in clear text": [
      [bucket({ website: {} }), cdn("https-only", [custom("http-only")], bucket())],
      ["Internet → cdn: requests by TLS: HTTPS 443", "cdn → site: requests in clear text: HTTP"],
    ],
    "a bucket behind CloudFront by TLS where all viewers come by it": [
      [bucket(), cdn("redirect-to-https", [{ domainName: UNKNOWN }], bucket())],
      ["Internet → cdn: requests by TLS: HTTPS 443, 80 redirects", "cdn → site: requests by TLS: HTTPS"],
    ],
    "a bucket behind CloudFront as the viewers come": [
      [bucket(), cdn("allow-all", [{ domainName: UNKNOWN }], bucket())],
      [
        "Internet → cdn: requests by TLS: HTTPS 443",
        "Internet → cdn: requests in clear text: HTTP 80",
        "cdn → site: requests: HTTP or HTTPS",
      ],
    ],
  };

describe("The architecture drawing is true: it shows", () => {
  for (const [title, [resources, arrows]] of Object.entries(GRAPHS))
    it(title, async () => {
      const { svg } = await drawArchitecture({ resources, findings: [] });
      const drawn = [...svg.matchAll(/<g class="arrow \w+"[^>]*><title>([^\n<]*)/g)].map(([, text]) => text);
      assert.deepEqual(drawn.sort(), [...arrows].sort());
    });
});
