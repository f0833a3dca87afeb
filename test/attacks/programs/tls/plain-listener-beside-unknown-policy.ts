// Reading the unknown policy of the first listener stops a careless pack before it comes to the second.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const { arn } = balancer(subnetIds);
const defaultActions = [{ type: "forward", targetGroupArn: targets(vpc.id).arn }];
new aws.lb.Listener("https", {
  ...httpsListener(arn),
  sslPolicy: arn.apply(() => "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"),
  defaultActions,
});
new aws.lb.Listener("plain", { loadBalancerArn: arn, protocol: "HTTP", port: 8080, defaultActions });
