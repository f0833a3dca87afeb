// A shell command, run while Pulumi deploys.
import { Foreign } from "../../foreign";
import { balancer, network } from "../../parts";

new Foreign("command:local:Command", "plain", {
  create: 'aws elbv2 create-listener --load-balancer-arn "$BALANCER" --protocol HTTP --port 80',
  environment: { BALANCER: balancer(network().subnetIds).arn },
});
