// CloudFront in front of a load balancer in private subnets, by a VPC origin and by its DNS name.
import * as aws from "@pulumi/aws";
import { behavior, distribution, origin } from "../cloudfront";
import { balancer, httpsListener, network, targets } from "../parts";
import { logs, watch, watchTargets } from "../strict";

const { vpc, subnetIds } = network();
const shop = balancer(subnetIds, { internal: true, ...logs });
const group = targets(vpc.id);
watch(shop);
watchTargets(shop, group);
new aws.lb.Listener("https", {
  ...httpsListener(shop.arn),
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
const inside = new aws.cloudfront.VpcOrigin("shop", {
  vpcOriginEndpointConfig: {
    name: "shop",
    arn: shop.arn,
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
  },
});
distribution({
  origins: [
    origin,
    { originId: "inside", domainName: shop.dnsName, vpcOriginConfig: { vpcOriginId: inside.id } },
  ],
  orderedCacheBehaviors: [{ ...behavior, pathPattern: "/checkout/*", targetOriginId: "inside" }],
});
