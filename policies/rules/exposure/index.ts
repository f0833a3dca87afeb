import type { Rule } from "../../rule";
import { albHardening } from "./alb-hardening";
import { clientAddresses } from "./client-addresses";
import { defaultSecurityGroup, defaultSecurityGroupStack } from "./default-security-group";
import { defaultVpc } from "./default-vpc";
import { flowLogs } from "./flow-logs";
import { haproxyPrivate } from "./haproxy-private";
import { imdsV2 } from "./imds";
import { instancesFromBalancer } from "./instances-from-balancer";
import { loginBypass } from "./login-bypass";
import { publicInstances } from "./public-instances";
import { publicLaunches } from "./public-launches";
import { userDataSecrets } from "./user-data-secrets";
import { waf } from "./waf";
import { worldIngress, worldIngressStack } from "./world-ingress";

/** The rules against exposing resources to the world. */
export const exposureRules: readonly Rule[] = [
  worldIngress,
  worldIngressStack,
  instancesFromBalancer,
  publicInstances,
  publicLaunches,
  defaultVpc,
  defaultSecurityGroup,
  defaultSecurityGroupStack,
  flowLogs,
  imdsV2,
  userDataSecrets,
  haproxyPrivate,
  waf,
  clientAddresses,
  loginBypass,
  albHardening,
];
