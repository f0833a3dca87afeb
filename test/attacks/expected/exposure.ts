import type { Expected } from "./expected";

/** What the rules of exposure that are off by default have to be told. */
const config = "test/attacks/configured.json";

/** What has a public address, or may have one, in an open security group, or one that nobody can read. */
const reached = (says: RegExp): Expected => ({ rule: "public-instances-stack", says });

/** By program in `programs/exposure/`. */
export const exposure: Readonly<Record<string, Expected>> = {
  "ssh-from-halves-of-the-world": { rule: "world-ingress", says: /The rule lets the world in on tcp 22/ },
  "halves-in-two-rules": {
    rule: "world-ingress-stack",
    says: /("ssh-\d+"( and )?){8} together let the world in on tcp 22/,
  },
  "halves-in-two-security-groups": {
    rule: "world-ingress-stack",
    says: /"ssh-(34|52)" and "ssh-(34|52)" together let the world in on tcp 22, and "jump" is in the security groups of all of them/,
  },
  "half-attached-to-the-interface": {
    rule: "world-ingress-stack",
    says: /"ssh-(34|52)" and "ssh-(34|52)" together let the world in on tcp 22, and "jump"/,
  },
  "world-in-odd-notation": { rule: "world-ingress", says: /cidrIpv4 is another string.*literal CIDR block/ },
  "world-behind-host-bits": { rule: "world-ingress", says: /The rule lets the world in on tcp 5432/ },
  "every-protocol-with-a-web-port": {
    rule: "world-ingress",
    says: /ingress\[0\] lets the world in on every port and protocol/,
  },
  "port-range-from-http-to-https": {
    rule: "world-ingress",
    says: /The rule lets the world in on tcp 80 to 443/,
  },
  "world-beside-an-unknown-source": {
    rule: "world-ingress",
    says: /ingress\[1\] lets the world in on tcp 3389/,
  },
  "ssh-from-a-foreign-prefix-list": {
    rule: "world-ingress-stack",
    says: /prefixListId is "pl-0123456789abcdef0", which the setting prefixLists must name/,
  },
  "world-in-a-prefix-list": {
    rule: "world-ingress-stack",
    says: /"ssh" lets the world in on tcp 22/,
  },
  "rules-in-the-default-group-inline": {
    level: "advisory",
    rule: "default-security-group",
    says: /ingress holds rules \(1\)/,
  },
  "rule-in-the-default-group": {
    level: "advisory",
    rule: "default-security-group-stack",
    says: /puts a rule into the default security group/,
  },
  "public-address-by-launch-template": reached(/networkInterfaces\[0\]\.associatePublicIpAddress is "true"/),
  "public-address-by-association": reached(/instanceId gives a public address to it/),
  "public-address-on-the-network-interface": reached(/networkInterface gives a public address to it/),
  "public-address-by-subnet": reached(/its subnets may be "instances-[ab]", "instances-[ab]", which give/),
  "public-address-of-a-task": reached(/networkConfiguration\.assignPublicIp is true/),
  "nodes-in-public-subnets": reached(
    /its subnets may be "nodes", which give public addresses, and "open" lets/,
  ),
  "subnet-that-nobody-shows": reached(/subnetId is a subnet that is not in this program/),
  "group-that-nobody-shows": reached(
    /associatePublicIpAddress is true, and whom vpcSecurityGroupIds\[0\] lets in can't/,
  ),
  "address-of-ipv6": reached(/ipv6AddressCount gives it IPv6 addresses/),
  "address-of-a-scheduled-task": reached(
    /target\.ecsParameters\.networkConfiguration\.assignPublicIp is true/,
  ),
  "lightsail-ports-for-all": { rule: "world-ingress", says: /portInfos\[0\] lets the world in on tcp 443/ },
  "ssh-to-the-nodes": { rule: "world-ingress", says: /remoteAccess lets the world in on tcp 22/ },
  "imds-v1-by-default": {
    level: "advisory",
    rule: "imds-v2",
    says: /metadataOptions\.httpTokens is not set/,
  },
  "imds-out-of-the-instance": { level: "advisory", rule: "imds-v2", says: /httpPutResponseHopLimit is 2/ },
  "imds-v1-past-the-launch-template": {
    level: "advisory",
    rule: "imds-v2",
    says: /metadataOptions\.httpTokens is "optional"/,
  },
  "imds-v1-by-spot-fleet": {
    level: "advisory",
    rule: "imds-v2",
    says: /launchSpecifications have no metadata options/,
  },
  "secret-in-gzipped-user-data": {
    rule: "user-data-secrets",
    says: /userDataBase64 holds an AWS access key/,
  },
  "secret-in-a-multipart-file": {
    level: "advisory",
    rule: "user-data-secrets",
    says: /userData holds a password/,
  },
  "password-in-escaped-json": {
    level: "advisory",
    rule: "user-data-secrets",
    says: /userData holds a password/,
  },
  "password-in-encoded-powershell": {
    level: "advisory",
    rule: "user-data-secrets",
    says: /userData holds a password/,
  },
  "api-key-in-user-data": { level: "advisory", rule: "user-data-secrets", says: /userData holds an API key/ },
  "haproxy-runtime-api-on-the-network": {
    rule: "haproxy-private",
    says: /stats socket is ipv4@\*:9999/,
  },
  "haproxy-statistics-in-a-compressed-file": {
    rule: "haproxy-private",
    says: /frontend shop shows statistics on \*:8443/,
  },
  "instance-of-no-subnet": reached(/it names no subnet: those of the default VPC give public addresses/),
  "group-of-no-subnets": reached(/it names no subnet: .*"open" lets the world in/),
  "security-group-of-no-vpc": {
    level: "advisory",
    rule: "default-vpc",
    says: /vpcId is not set, which means .*default VPC/,
  },
  "default-subnet-taken-over": {
    level: "advisory",
    rule: "default-vpc",
    says: /takes over a part of the default VPC/,
  },
  "flow-log-of-what-was-accepted": {
    level: "advisory",
    rule: "flow-logs",
    says: /No flow log of the stack covers it/,
  },
  "malformed-headers-by-alias": {
    level: "advisory",
    rule: "alb-hardening",
    says: /dropInvalidHeaderFields is not set/,
  },
  "desync-watched-only-by-old-alias": {
    level: "advisory",
    rule: "alb-hardening",
    says: /desyncMitigationMode is "monitor"/,
  },
  "instances-open-on-https": {
    rule: "instances-from-balancer",
    says: /lets the world in, and instances of "shop" behind an Application Load Balancer use it/,
  },
  "instances-open-by-two-groups": {
    rule: "instances-from-balancer",
    says: /"instances-[01]" and "instances-[01]" together let the world in/,
  },
  "tasks-open-on-https": {
    rule: "instances-from-balancer",
    says: /lets the world in, and instances of "shop" behind an Application Load Balancer use it/,
  },
  "web-acl-on-the-other-balancer": { rule: "waf", says: /no web ACL is associated with it/, config },
  "web-acl-without-rules": { rule: "waf", says: /web ACL "shop" has no rules/, config },
};
