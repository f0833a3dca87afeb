import type { Expected } from "./expected";

const STRICT = "policies/profiles/strict.json";
const listeners = (says: RegExp): Expected => ({ rule: "tls-listeners", says });
const rules = (says: RegExp): Expected => ({ rule: "tls-listeners-stack", says });
const classic = (rule: string, says: RegExp): Expected => ({ rule: `classic-tls-policies${rule}`, says });
const cloudFront = (says: RegExp): Expected => ({ rule: "cloudfront", says });
const certificates = (says: RegExp): Expected => ({ rule: "certificates", says });
const buckets = (says: RegExp): Expected => ({ rule: "buckets-tls", says });
const hsts = (says: RegExp): Expected => ({ rule: "hsts", says, config: STRICT });

/** By program in `programs/tls/`. */
export const tls: Readonly<Record<string, Expected>> = {
  "api-gateway-tls-1-0": { rule: "api-gateway-tls", says: /securityPolicy is "TLS_1_0"/ },
  "bucket-denies-reading-only": {
    ...buckets(/no statement that denies all principals and actions without TLS/),
    level: "advisory",
  },
  "bucket-with-a-way-round": {
    ...buckets(/no statement that denies all principals and actions without TLS/),
    level: "advisory",
  },
  "certificate-by-email": {
    ...certificates(/validationMethod is "EMAIL"; it must be "DNS"/),
    level: "advisory",
  },
  "classic-listener-in-clear": listeners(/listeners\[1\]\.lbProtocol is "tcp"/),
  "classic-tls-1-0": classic("", /Reference-Security-Policy is "ELBSecurityPolicy-2016-08"/),
  "classic-tls-by-default": classic("-stack", /what TLS listeners\[0\] speaks, which means TLS 1\.0 too/),
  "cloudfront-allow-all": cloudFront(/orderedCacheBehaviors\[0\]\.viewerProtocolPolicy is "allow-all"/),
  "cloudfront-fetches-in-clear": cloudFront(/originProtocolPolicy is "http-only"/),
  "cloudfront-forgets-hsts": hsts(/strictTransportSecurity\.accessControlMaxAgeSec is 0/),
  "cloudfront-tls-1-0": cloudFront(/viewerCertificate\.minimumProtocolVersion is "TLSv1"/),
  "component-hides-listener": listeners(/defaultActions\[0\]\.type is "forward"; it must be "redirect"/),
  "forward-among-weights": listeners(/defaultActions\[0\]\.type is "forward"; it must be "redirect"/),
  "haproxy-in-clear": { rule: "haproxy-tls", says: /frontend shop: bind \*:8080 has no ssl/ },
  "haproxy-allows-first": { rule: "haproxy-tls", says: /frontend shop: bind \*:80 has no ssl/ },
  "haproxy-redirects-by-and": { rule: "haproxy-tls", says: /frontend shop: bind \*:80 has no ssl/ },
  "haproxy-in-named-defaults": { rule: "haproxy-tls", says: /frontend shop: bind \*:8443 has no ssl/ },
  "public-by-its-list": {
    rule: "public-acls",
    says: /opens what it is about to everybody, in clear text too/,
  },
  "search-in-clear": { rule: "search-tls", says: /domainEndpointOptions\.enforceHttps is false/ },
  "haproxy-redirects-some": { rule: "haproxy-tls", says: /frontend shop: bind \*:80 has no ssl/ },
  "haproxy-tls-1-0": { rule: "haproxy-tls", says: /bind \*:8443 has ssl-min-ver TLSv1\.0/ },
  "hsts-forgets": hsts(/HeaderValue is "max-age=0; includeSubDomains"/),
  "imported-short-key": certificates(/certificateBody has an RSA key of 1024 bits/),
  "listener-certificate-of-nothing": certificates(/certificateArn is an empty string/),
  "page-within-outputs": listeners(/defaultActions\[0\]\.type is "fixed-response"/),
  "no-action-yet": listeners(/defaultActions is an empty list/),
  "plain-http-in-lower-case": listeners(/defaultActions\[0\]\.type is "forward"; it must be "redirect"/),
  "plain-listener-beside-unknown-policy": listeners(/defaultActions\[0\]\.type is "forward"/),
  "plain-listener-by-old-name": listeners(/defaultActions\[0\]\.type is "forward"/),
  "plain-listener-in-another-region": listeners(/defaultActions\[0\]\.type is "fixed-response"/),
  "policy-with-trailing-space": listeners(/sslPolicy is another string/),
  "post-quantum-with-tls-1-0": listeners(/sslPolicy is "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09"/),
  "protocol-behind-apply": listeners(/protocol is not known before deployment/),
  "protocol-null": listeners(/defaultActions\[0\]\.type is "forward"/),
  "redirect-then-forward": {
    ...listeners(/defaultActions\[1\]\.type is "forward"; it must be "redirect"/),
    also: ["api-prose"], // AWS takes one of them.
  },
  "redirect-to-another-port": listeners(/redirect\.port is "0443"; it must be "443"/),
  "redirect-to-itself": listeners(/redirect\.protocol is not set, which means HTTP again/),
  "rule-forwards-from-http": rules(/On listener "http", which is not HTTPS: actions\[0\]\.type is "forward"/),
  "rule-leads-back-to-http": rules(/actions\[0\]\.redirect\.protocol is "HTTP"; it must be "HTTPS"/),
  "rule-on-fetched-listener": rules(/leads to no listener of this program, and may be that of "http"/),
  "rule-on-looked-up-listener": rules(/leads to no listener of this program, and may be that of "http"/),
  "rule-on-one-of-two-listeners": rules(/On listener "http", which is not HTTPS/),
  "secret-protocol": listeners(/defaultActions\[0\]\.type is "fixed-response"; it must be "redirect"/),
  "tcp-pass-through": rules(/protocol is "TCP"/),
  "targets-in-clear": {
    rule: "target-encryption",
    says: /protocol is "HTTP"; it must be [^]*healthCheck\.protocol is "HTTP"/,
    config: STRICT,
  },
  "temporary-redirect": { ...listeners(/redirect\.statusCode is "HTTP_302"/), level: "advisory" },
  "transform-takes-tls-away": listeners(/defaultActions\[0\]\.type is "forward"; it must be "redirect"/),
  "vpc-origin-in-clear": cloudFront(/vpcOriginEndpointConfig\.originProtocolPolicy is "http-only"/),
  "weak-policy-in-old-module": listeners(/sslPolicy is "ELBSecurityPolicy-2016-08"/),
  "wildcard-among-other-names": {
    ...certificates(/subjectAlternativeNames\[1\] begins with "\*"/),
    level: "advisory",
  },
};
