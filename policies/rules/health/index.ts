import type { Rule } from "../../rule";
import { classicHealth } from "./classic-health";
import { deregistrationDelay } from "./deregistration-delay";
import { detectionTime } from "./detection-time";
import { dnsFailover } from "./dns-failover";
import { failOpen } from "./fail-open";
import { haproxyHealth } from "./haproxy-health";
import { routeHealthCheckTls } from "./route-health-check-tls";
import { suspendedProcesses } from "./suspended-processes";
import { attachedGroups, targetHealth } from "./target-groups";
import { targetsAttached } from "./targets-attached";

/** The rules for detecting and replacing targets that no longer serve. */
export const healthRules: readonly Rule[] = [
  targetHealth,
  attachedGroups,
  targetsAttached,
  classicHealth,
  detectionTime,
  failOpen,
  suspendedProcesses,
  deregistrationDelay,
  haproxyHealth,
  routeHealthCheckTls,
  dnsFailover,
];
