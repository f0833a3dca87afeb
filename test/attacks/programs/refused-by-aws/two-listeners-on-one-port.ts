// A second certificate by a second listener, where a ListenerCertificate would do.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const { arn } = balancer(subnetIds);
const targetGroupArn = targets(vpc.id).arn;
for (const name of ["shop", "blog"]) {
  new aws.lb.Listener(name, {
    ...httpsListener(arn),
    defaultActions: [{ type: "forward", targetGroupArn }],
  });
}
