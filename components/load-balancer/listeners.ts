import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { type Access, actionsFor } from "./authentication";
import { type ClientCertificates, mutualAuthentication } from "./client-certificates";
import type { Colour } from "../colours";
import { named, type Tags } from "../naming";
import { forwardAction, refuseNewcomers } from "./forwarding";
import { type SecurityHeaders, strictTransportSecurity } from "./security-headers";
import type { TlsPolicy } from "./tls-policies";

/** Arguments of the listeners of a {@link LoadBalancer}. */
export interface ListenerArgs {
  /** ARN of an issued certificate that covers the store's domain names. */
  readonly certificateArn: pulumi.Input<string>;
  /**
   * ARNs of further certificates, by a resource name for each. Clients that send a host by SNI get the
   * certificate that covers it.
   *
   * @default none
   */
  readonly furtherCertificateArns?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Security policy of the HTTPS listener: its TLS versions and ciphers. */
  readonly tlsPolicy: TlsPolicy;
  /** The colours, each of which has a target group. */
  readonly colours: readonly Colour[];
  /**
   * Those of {@link colours} that have instances, with their weights in the HTTPS listener's default action,
   * 0 to 999 each.
   */
  readonly defaultWeights: Readonly<Partial<Record<Colour, number>>>;
  /** Whether rules of the HTTPS listener send visitors to colours without weight in the default action. */
  readonly othersGetVisitors: boolean;
  /**
   * Whether a rule answers all requests instead of the store: then no visitor is affected if targets change.
   */
  readonly closed: boolean;
  /** What a request that no rule matches needs to be accepted. */
  readonly access: Access;
  /** How the HTTPS listener requests certificates from clients; undefined if it doesn't. */
  readonly clientCertificates: ClientCertificates | undefined;
  /** The security headers of every response. */
  readonly securityHeaders: SecurityHeaders;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/** Creates the listener on port 443, which distributes requests among the colours and the proxies. */
export function createHttpsListener(
  name: string,
  args: ListenerArgs,
  loadBalancer: aws.lb.LoadBalancer,
  targetGroups: readonly { readonly colour: Colour; readonly group: aws.lb.TargetGroup }[],
  proxies: { readonly group: aws.lb.TargetGroup; readonly weight: number } | undefined,
  parent: pulumi.Resource,
): aws.lb.Listener {
  const { contentSecurityPolicy } = args.securityHeaders;
  const colours = targetGroups.flatMap(({ colour, group }) => {
    const weight = args.defaultWeights[colour];
    // The load balancer also checks the targets of a group without weight, and Auto Scaling needs these
    // checks.
    return weight === undefined ? [] : [{ arn: group.arn, weight }];
  });
  const targets = [...colours, ...(proxies ? [{ arn: proxies.group.arn, weight: proxies.weight }] : [])];
  const newcomers = {
    evenWithoutWeight: args.othersGetVisitors,
    unknownIsNew: true,
    behindProxies: proxies !== undefined && proxies.weight > 0,
  };
  const beforeUpdate = args.closed ? [] : [refuseNewcomers(`${name}-listener-newcomers`, newcomers)];
  return new aws.lb.Listener(
    `${name}-https`,
    {
      loadBalancerArn: loadBalancer.arn,
      protocol: "HTTPS",
      port: 443,
      sslPolicy: args.tlsPolicy,
      certificateArn: args.certificateArn,
      mutualAuthentication: mutualAuthentication(args.clientCertificates),
      defaultActions: actionsFor(args.access, forwardAction({ targets, stickinessSeconds: 0 })),
      routingHttpResponseServerEnabled: false,
      routingHttpResponseStrictTransportSecurityHeaderValue: strictTransportSecurity(args.securityHeaders),
      routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
      routingHttpResponseXFrameOptionsHeaderValue: "DENY",
      // Empty instead of omitted: an omitted attribute keeps its previous value.
      routingHttpResponseContentSecurityPolicyHeaderValue: contentSecurityPolicy,
      tags: named(args.tags, `${name}-https`),
    },
    { parent, hooks: { beforeUpdate } },
  );
}

/**
 * Adds further certificates to the listener on port 443.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
 */
export function addCertificates(
  name: string,
  { furtherCertificateArns = {} }: ListenerArgs,
  listener: aws.lb.Listener,
  parent: pulumi.Resource,
): void {
  for (const [domain, certificateArn] of Object.entries(furtherCertificateArns))
    new aws.lb.ListenerCertificate(
      `${name}-https-${domain}`,
      { listenerArn: listener.arn, certificateArn },
      { parent },
    );
}

/** Creates the listener on port 80, which redirects all requests to port 443. */
export function createHttpRedirect(
  name: string,
  args: ListenerArgs,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): void {
  new aws.lb.Listener(
    `${name}-http-redirect`,
    {
      loadBalancerArn: loadBalancer.arn,
      protocol: "HTTP",
      port: 80,
      // Without a protocol, the redirect would lead to HTTP again.
      defaultActions: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ],
      routingHttpResponseServerEnabled: false,
      tags: named(args.tags, `${name}-http-redirect`),
    },
    { parent },
  );
}
