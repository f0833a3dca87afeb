// Requests are forwarded before anybody has signed in: forwarding has to be the last action.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  defaultActions: [
    { type: "forward", targetGroupArn: targets(vpc.id).arn },
    {
      type: "authenticate-oidc",
      authenticateOidc: {
        issuer: "https://id.example.com",
        authorizationEndpoint: "https://id.example.com/authorize",
        tokenEndpoint: "https://id.example.com/token",
        userInfoEndpoint: "https://id.example.com/userinfo",
        clientId: "shop",
        clientSecret: "not-a-real-one",
      },
    },
  ],
});
