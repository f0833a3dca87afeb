// Requests are forwarded before sign-in: forwarding has to be the last action.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, identityProvider, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "api-prose",
  says: /defaultActions\[0\] of type "forward" comes before defaultActions\[1\]/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const forward = { type: "forward", targetGroupArn: targets(vpc.id).arn };
  const signIn = {
    type: "authenticate-oidc",
    authenticateOidc: { ...identityProvider, clientSecret: "not-a-real-one" },
  };
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    defaultActions: mended ? [signIn, forward] : [forward, signIn],
  });
}
