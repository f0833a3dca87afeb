// A resource of a Terraform module, under the name that Terraform has for it.
import { Foreign } from "../../foreign";
import { balancer, network } from "../../parts";

new Foreign("albmodule:tf:aws_lb_listener", "plain", {
  load_balancer_arn: balancer(network().subnetIds).arn,
  protocol: "HTTP",
  port: 80,
});
