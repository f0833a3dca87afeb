// The firewall of an instance that another program makes, and that always has a public address.
import * as aws from "@pulumi/aws";

new aws.lightsail.InstancePublicPorts("shop", {
  instanceName: "shop",
  portInfos: [{ protocol: "tcp", fromPort: 443, toPort: 443 }],
});
