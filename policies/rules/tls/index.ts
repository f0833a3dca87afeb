import type { Rule } from "../../rule";
import { apiGatewayTls } from "./api-gateway";
import { bucketsTls, everyBucketTls } from "./buckets";
import { certificates } from "./certificates";
import { classicPolicies, everyClassicTls } from "./classic-policies";
import { cloudFront } from "./cloudfront";
import { haproxyTls } from "./haproxy-tls";
import { hsts } from "./hsts";
import { tlsListeners, tlsListenersStack } from "./listeners";
import { publicAcls } from "./public-acls";
import { searchDomains } from "./search-domains";
import { targetEncryption } from "./target-encryption";

/** The rules that protect traffic from being read and changed on the network path. */
export const tlsRules: readonly Rule[] = [
  tlsListeners,
  tlsListenersStack,
  classicPolicies,
  everyClassicTls,
  certificates,
  hsts,
  cloudFront,
  apiGatewayTls,
  targetEncryption,
  haproxyTls,
  bucketsTls,
  everyBucketTls,
  publicAcls,
  searchDomains,
];
