import type { Expected } from "./expected";

/** Without configuration these rules advise. */
const config = "policies/profiles/strict.json";

/** By program in `programs/resilience/`. */
export const resilience: Readonly<Record<string, Expected>> = {
  "network-balancer-in-one-zone": {
    rule: "balancer-zones",
    says: /subnets has 1 different element; it must have 2 at least/,
    config,
  },
  "group-in-one-zone": {
    rule: "group-zones-stack",
    says: /the subnets of vpcZoneIdentifiers lie in 1 zone/,
    config,
  },
  "group-in-one-subnet": { rule: "group-zones", says: /vpcZoneIdentifiers has 1 different element/, config },
  "one-instance-type-twice": {
    rule: "several-instance-types",
    says: /overrides names 1 different instance types for certain/,
    config,
  },
  "attributes-of-one-instance-type": {
    rule: "several-instance-types",
    says: /overrides names 1 different instance types for certain/,
    config,
  },
  "launch-configuration": { rule: "launch-templates", says: /this is a launch configuration/, config },
  "deletable-by-alias": { rule: "deletion-protection", says: /enableDeletionProtection is false/, config },
  "peak-without-spare": {
    rule: "peak-capacity",
    says: /maxSize is 6; it must be a literal number from 8 on/,
    config: "test/attacks/configured.json",
  },
  "refresh-that-returns-to-itself": {
    rule: "refresh-rollback",
    says: /instanceRefresh\.preferences\.autoRollback is true/,
    config,
  },
};
