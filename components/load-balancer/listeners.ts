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
  /** ARN of an issued certificate that covers the names by which clients come. */
  readonly certificateArn: pulumi.Input<string>;
  /**
   * ARNs of further ones, by a name for each: clients that name a host by SNI get the one that covers it.
   *
   * @default none
   */
  readonly furtherCertificateArns?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Which TLS versions and ciphers the listener on 443 accepts. */
  readonly tlsPolicy: TlsPolicy;
  /** The colours there are, each with a target group. */
  readonly colours: readonly Colour[];
  /**
   * Those of {@link colours} that have instances, and how the HTTPS listener shares requests among them by default,
   * 0 to 999 each.
   */
  readonly defaultWeights: Readonly<Partial<Record<Colour, number>>>;
  /** Whether rules of the HTTPS listener send visitors to colours that have no weight by default. */
  readonly othersGetVisitors: boolean;
  /** Whether a rule answers all requests in place of the store: then nobody notices how targets change. */
  readonly closed: boolean;
  /** What a request that no rule matches has to show. */
  readonly access: Access;
  /** How the HTTPS listener asks clients for certificates; undefined if it doesn't. */
  readonly clientCertificates: ClientCertificates | undefined;
  /** What browsers are told with every answer. */
  readonly securityHeaders: SecurityHeaders;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/** The listener on 443, which shares requests among the colours and the proxies. */
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
    // A group without weight has its targets' health checked all the same, which Auto Scaling goes by.
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
      // Empty rather than left out: what is left out keeps the value it had.
      routingHttpResponseContentSecurityPolicyHeaderValue: contentSecurityPolicy,
      tags: named(args.tags, `${name}-https`),
    },
    { parent, hooks: { beforeUpdate } },
  );
}

/**
 * Further certificates of the listener on 443.
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

/** The listener on 80, which sends everybody to 443. */
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
      // Without a protocol the redirect would lead to HTTP again.
      defaultActions: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ],
      routingHttpResponseServerEnabled: false,
      tags: named(args.tags, `${name}-http-redirect`),
    },
    { parent },
  );
}
