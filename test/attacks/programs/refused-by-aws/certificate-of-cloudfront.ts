// CloudFront's certificate is in us-east-1, and the load balancer in eu-west-1.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
