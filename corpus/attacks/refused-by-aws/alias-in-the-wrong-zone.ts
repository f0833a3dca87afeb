// The load balancer's alias names the shop's zone instead of the load balancer's zone.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /aliases name "shop", but zoneId is that of zone "shop"/,
};

export function program(mended: boolean): void {
  const { dnsName, zoneId } = balancer(network().subnetIds);
  const zone = new aws.route53.Zone("shop", { name: "example.com" });
  new aws.route53.Record("shop", {
    zoneId: zone.zoneId,
    name: "www.example.com",
    type: "A",
    aliases: [{ name: dnsName, zoneId: mended ? zoneId : zone.zoneId, evaluateTargetHealth: true }],
  });
}
