// A further certificate that names none: the listener goes on with another name's.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../../parts";

const { vpc, subnetIds } = network();
const https = new aws.lb.Listener("https", {
  ...httpsListener(balancer(subnetIds).arn),
  defaultActions: [{ type: "forward", targetGroupArn: targets(vpc.id).arn }],
});
new aws.lb.ListenerCertificate("further", { listenerArn: https.arn, certificateArn: "" });
