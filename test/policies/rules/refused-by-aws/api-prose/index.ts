import type { PROSE } from "../../../../../policies/rules/refused-by-aws/api-prose";
import { APIS_REFUSED } from "./apis";
import { AUTO_SCALING_REFUSED } from "./auto-scaling";
import { CONTAINERS_REFUSED } from "./containers";
import { DATABASES_REFUSED } from "./databases";
import { DNS_REFUSED } from "./dns";
import { EC2_REFUSED } from "./ec2";
import { EDGE_REFUSED } from "./edge";
import { FUNCTIONS_REFUSED } from "./functions";
import { GROUP_RULES_REFUSED } from "./group-rules";
import { IDENTITY_REFUSED } from "./identity";
import { LOAD_BALANCING_REFUSED } from "./load-balancing";
import { MESSAGING_REFUSED } from "./messaging";
import { MONITORING_REFUSED } from "./monitoring";
import { NEEDED_REFUSED } from "./needed";
import { NEEDED_BY_SERVICES_REFUSED } from "./needed-by-services";
import { POLICY_DOCUMENTS_REFUSED } from "./policy-documents";
import { SCHEDULES_REFUSED } from "./schedules";
import { STORAGE_REFUSED } from "./storage";
import { UPKEEP_REFUSED } from "./upkeep";
import type { Refused } from "./refused";

/** The inputs that each line refuses; the compiler reports a line without any. */
export const REFUSED: Readonly<Record<keyof typeof PROSE, Refused>> = {
  ...EC2_REFUSED,
  ...NEEDED_REFUSED,
  ...NEEDED_BY_SERVICES_REFUSED,
  ...SCHEDULES_REFUSED,
  ...LOAD_BALANCING_REFUSED,
  ...AUTO_SCALING_REFUSED,
  ...MONITORING_REFUSED,
  ...MESSAGING_REFUSED,
  ...IDENTITY_REFUSED,
  ...POLICY_DOCUMENTS_REFUSED,
  ...CONTAINERS_REFUSED,
  ...GROUP_RULES_REFUSED,
  ...STORAGE_REFUSED,
  ...DATABASES_REFUSED,
  ...FUNCTIONS_REFUSED,
  ...APIS_REFUSED,
  ...UPKEEP_REFUSED,
  ...DNS_REFUSED,
  ...EDGE_REFUSED,
};
