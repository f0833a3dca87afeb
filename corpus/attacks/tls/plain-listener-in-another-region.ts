// Neither an explicit provider nor ignored changes make a plain listener compliant.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";
import { toHttps } from "../../parts";

export const expected: Expected = {
  rule: "tls-listeners",
  says: /defaultActions\[0\]\.type is "fixed-response"/,
};

export function program(mended: boolean): void {
  const provider = new aws.Provider("frankfurt", { region: "eu-central-1" });
  new Foreign(
    "aws:applicationloadbalancing/listener:Listener",
    "web",
    {
      loadBalancerArn:
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/0123456789abcdef",
      protocol: "HTTP",
      port: 80,
      defaultActions: [
        mended
          ? toHttps
          : { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } },
      ],
    },
    { provider, ignoreChanges: ["protocol", "defaultActions"], protect: true },
  );
}
