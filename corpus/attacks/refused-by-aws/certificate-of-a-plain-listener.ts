// An HTTP listener has no certificates.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets, toHttps } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /Listener "http" is of protocol HTTP; AWS allows certificates only for HTTPS and TLS/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = balancer(subnetIds);
  const http = new aws.lb.Listener("http", {
    loadBalancerArn: arn,
    protocol: "HTTP",
    port: 80,
    defaultActions: [toHttps],
  });
  const https = new aws.lb.Listener("https", {
    ...httpsListener(arn),
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
  new aws.lb.ListenerCertificate("blog", {
    listenerArn: (mended ? https : http).arn,
    certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/fedcba98-7654-3210-fedc-ba9876543210",
  });
}
