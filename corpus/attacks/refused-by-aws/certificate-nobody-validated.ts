// The listener uses a certificate that is still pending: it does not wait for the validation.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, httpsListener, network, targets } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /Certificate "shop" is not issued when it is used/,
};

export function program(mended: boolean): void {
  const { vpc, subnetIds } = network();
  const { arn } = new aws.acm.Certificate("shop", {
    domainName: "shop.example.com",
    validationMethod: "DNS",
  });
  new aws.lb.Listener("https", {
    ...httpsListener(balancer(subnetIds).arn),
    certificateArn: mended
      ? new aws.acm.CertificateValidation("shop", { certificateArn: arn }).certificateArn
      : arn,
    defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
  });
}
