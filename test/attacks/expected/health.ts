import type { Expected } from "./expected";

const targets = (says: RegExp): Expected => ({ rule: "target-group-health", says });
const attached = (says: RegExp): Expected => ({ rule: "target-group-health-stack", says });

/** By program in `programs/health/`. */
export const health: Readonly<Record<string, Expected>> = {
  "any-answer-is-healthy": targets(/matcher is "200-499"; it must be literal codes from 200 to 399/),
  "any-grpc-code-is-healthy": targets(/matcher is "0-99"; it must be literal codes of gRPC/),
  "attached-group-trusts-ec2": attached(/Attached by "shop": healthCheckType is "EC2"/),
  "canary-without-targets": {
    rule: "targets-attached",
    says: /Forwarded to by "https", and nothing in this stack registers instances with it/,
  },
  "checked-from-outside-by-tls-1-2": {
    rule: "route-health-check-tls",
    says: /type is "HTTPS" and it asks listener "https", which takes TLS 1\.3 only/,
  },
  "classic-open-port-is-healthy": { rule: "classic-health", says: /healthCheck\.target is "TCP:8080"/ },
  "fail-open-early": { rule: "fail-open", says: /minimumHealthyTargetsCount is 100/ },
  "fetched-group-trusts-ec2": attached(/"shop" leads to no group of this program, and may be this one's/),
  "function-is-always-healthy": targets(/matcher is "200-499"; it must be literal codes from 200 to 399/),
  "grace-of-a-week": targets(/healthCheckGracePeriod is 604800/),
  "green-without-targets": {
    rule: "targets-attached",
    says: /Forwarded to by "green", and nothing in this stack registers instances with it/,
  },
  "group-trusts-ec2": targets(/healthCheckType is "EC2"; it must be "ELB"/),
  "haproxy-open-port-is-healthy": {
    rule: "haproxy-health",
    says: /backend shop has no option httpchk/,
  },
  "haproxy-takes-errors-for-health": {
    rule: "haproxy-health",
    says: /backend shop expects what an error answers too \(rstatus \.\*\)/,
  },
  "haproxy-without-checks": { rule: "haproxy-health", says: /backend shop: server b has no check/ },
  "healing-suspended": {
    rule: "suspended-processes",
    says: /suspendedProcesses\[1\] is "replaceunhealthy"/,
  },
  "health-check-off": targets(/healthCheck\.enabled is false; it must be true/),
  "lattice-in-name-only": attached(/Attached to "shop" by itself: healthCheckType is "EC2"/),
  "old-name-without-check": {
    ...targets(/healthCheck is not set, which means AWS.s own/),
    level: "advisory",
  },
  "open-port-is-healthy": targets(/healthCheck\.protocol is "TCP"/),
  "server-errors-are-healthy": targets(/matcher is "200,500-599"/),
  "sick-for-an-hour": {
    rule: "health-detection-time",
    says: /interval times healthCheck\.unhealthyThreshold is 3000 seconds; it must be at most 600/,
  },
  "tasks-in-grace-for-ever": targets(/healthCheckGracePeriodSeconds is 2147483647/),
  "traffic-source-trusts-ec2": attached(/Attached by "shop": healthCheckType is "EC2"/),
  "unknown-health-path": targets(/healthCheck\.path is not known before deployment/),
  "waits-an-hour-for-the-sick": {
    level: "advisory",
    rule: "deregistration-delay",
    says: /deregistrationDelay is 3600/,
  },
};
