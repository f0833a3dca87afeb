// The rule that requires a login for accounts never gets a request: an earlier rule matches them all.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { balancer, httpsListener, identityProvider, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "login-bypass",
  says: /It has priority 10, matches all requests of rule "account" of priority 20, which requires a login, and requires no login/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const forward = { type: "forward", targetGroupArn: targets(vpc.id).arn };
  const https = new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: [forward],
  });
  new aws.lb.ListenerRule("account", {
    listenerArn: https.arn,
    priority: 20,
    conditions: [{ pathPattern: { values: ["/account/orders/*", "/account/address"] } }],
    actions: [
      {
        type: "authenticate-oidc",
        order: 1,
        authenticateOidc: { ...identityProvider, clientSecret: pulumi.secret("not-a-real-one") },
      },
      { ...forward, order: 2 },
    ],
  });
  new aws.lb.ListenerRule("greeting", {
    listenerArn: https.arn,
    priority: mended ? 30 : 10,
    conditions: [{ pathPattern: { values: ["/account/*"] } }],
    actions: [forward],
  });
}
