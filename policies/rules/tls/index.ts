import type { Rule } from "../../rule";
import { bucketsTls, everyBucketTls } from "./buckets";
import { certificates } from "./certificates";
import { classicPolicies } from "./classic-policies";
import { cloudFront } from "./cloudfront";
import { hsts } from "./hsts";
import { tlsListenerRules, tlsListeners } from "./listeners";
import { targetEncryption } from "./target-encryption";

/** What keeps others on the way from reading and changing what visitors send. */
export const tlsRules: readonly Rule[] = [
  tlsListeners,
  tlsListenerRules,
  classicPolicies,
  certificates,
  hsts,
  cloudFront,
  targetEncryption,
  bucketsTls,
  everyBucketTls,
];
