/**
 * Load balancers, target groups, listeners. The classic and the v2 APIs share the ARN service name.
 *
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
 */
import { parseArn } from "../arn";
import { digits, upper } from "../hash";
import { regionFacts } from "../regions";
import { arned, type Draft, joined, type Models } from "./draft";

const SERVICE = "elasticloadbalancing";

/** The abbreviations of the kinds of load balancer in ARNs. */
const KINDS: Readonly<Record<string, string>> = { application: "app", network: "net", gateway: "gwy" };

/** The part after `<kind>/` in an ARN: `app/web/50dc6c495c0c9188` for a load balancer. */
function suffix(arn: string, kind: string): string {
  return (parseArn(arn)?.resource ?? arn).replace(new RegExp(`^${kind}/`), "");
}

/** The kind of load balancer in an ARN. */
function typeOf(arn: string): string {
  const kind = suffix(arn, "loadbalancer").split("/")[0];
  return Object.keys(KINDS).find((type) => KINDS[type] === kind) ?? "application";
}

/** The hosted zone for alias records to a load balancer; made up in regions that aren't listed. */
function hostedZone(draft: Draft, network: boolean): string {
  const facts = regionFacts(draft.region);
  return (network ? facts?.nlb : facts?.alb) ?? `Z${upper(`${draft.region} load balancers ${network}`, 13)}`;
}

/** An application load balancer's host name ends in digits, a network load balancer's in the last part of its ARN. */
function hostName(draft: Draft, arn: string): string {
  const [kind = "", name = "", id = ""] = suffix(arn, "loadbalancer").split("/");
  if (kind === "net") return `${name}-${id}.elb.${draft.region}.${draft.dnsSuffix}`;
  const scheme = draft.flag("internal") ? "internal-" : "";
  return `${scheme}${name}-${digits(`${arn} dns`, 10)}.${draft.region}.elb.${draft.dnsSuffix}`;
}

const healthCheck = {
  enabled: true,
  healthyThreshold: 3,
  interval: 30,
  matcher: "200",
  path: "/",
  port: "traffic-port",
  protocol: "HTTP",
  timeout: 5,
  unhealthyThreshold: 3,
};

/** Models of `aws:lb/*`; `aws:alb/*` are the same resources under an older name. */
export const loadBalancing: Models = {
  "lb/loadBalancer": arned(
    (draft) => {
      const kind = KINDS[draft.text("loadBalancerType") ?? "application"] ?? "app";
      return draft.arn(SERVICE, `loadbalancer/${kind}/${draft.physicalName}/${draft.hex(16, "arn")}`);
    },
    (draft, arn) => ({
      name: suffix(arn, "loadbalancer").split("/")[1],
      arnSuffix: suffix(arn, "loadbalancer"),
      dnsName: hostName(draft, arn),
      zoneId: hostedZone(draft, suffix(arn, "loadbalancer").startsWith("net/")),
      vpcId: `vpc-${draft.hex(17, "vpc")}`,
      ipAddressType: draft.text("ipAddressType") ?? "ipv4",
      loadBalancerType: typeOf(arn),
    }),
  ),
  "lb/targetGroup": arned(
    (draft) => draft.arn(SERVICE, `targetgroup/${draft.physicalName}/${draft.hex(16, "arn")}`),
    (draft, arn) => ({
      name: suffix(arn, "targetgroup").split("/")[0],
      arnSuffix: parseArn(arn)?.resource ?? arn,
      healthCheck: { ...healthCheck, ...draft.object("healthCheck") },
      ipAddressType: draft.text("ipAddressType") ?? "ipv4",
      loadBalancingAlgorithmType: draft.text("loadBalancingAlgorithmType") ?? "round_robin",
      loadBalancingAnomalyMitigation: draft.text("loadBalancingAnomalyMitigation") ?? "off",
      loadBalancingCrossZoneEnabled:
        draft.text("loadBalancingCrossZoneEnabled") ?? "use_load_balancer_configuration",
      protocolVersion: draft.text("protocolVersion") ?? "HTTP1",
      stickiness: draft.object("stickiness") ?? { cookieDuration: 86400, enabled: false, type: "lb_cookie" },
    }),
  ),
  "lb/listener": arned(
    (draft) => {
      const balancer = suffix(draft.text("loadBalancerArn") ?? "", "loadbalancer") || `app/${draft.name}`;
      return draft.arn(SERVICE, `listener/${balancer}/${draft.hex(16, "arn")}`);
    },
    (draft) => {
      const protocol = draft.text("protocol") ?? "HTTP";
      const secure = protocol === "HTTPS" || protocol === "TLS";
      // AWS's defaults:
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
      return {
        protocol,
        sslPolicy: draft.text("sslPolicy") ?? (secure ? "ELBSecurityPolicy-2016-08" : ""),
        mutualAuthentication: draft.object("mutualAuthentication") ?? (secure ? { mode: "off" } : null),
      };
    },
  ),
  "lb/listenerRule": arned((draft) => {
    const listener = suffix(draft.text("listenerArn") ?? "", "listener") || `app/${draft.name}`;
    return draft.arn(SERVICE, `listener-rule/${listener}/${draft.hex(16, "arn")}`);
  }),
  "lb/listenerCertificate": joined("_", "listenerArn", "certificateArn"),
  "lb/targetGroupAttachment": joined("-", "targetGroupArn", "targetId"),
  "lb/trustStore": arned(
    (draft) => draft.arn(SERVICE, `truststore/${draft.physicalName}/${draft.hex(16, "arn")}`),
    (_, arn) => ({ arnSuffix: parseArn(arn)?.resource, name: suffix(arn, "truststore").split("/")[0] }),
  ),
  "elb/loadBalancer": {
    id: (draft) => draft.physicalName,
    outputs: (draft, id) => ({
      name: id,
      arn: draft.arn(SERVICE, `loadbalancer/${id}`),
      dnsName: `${id}-${digits(`${draft.seed} dns`, 10)}.${draft.region}.elb.${draft.dnsSuffix}`,
      zoneId: hostedZone(draft, false),
    }),
  },
};
