// The zone's apex is a CNAME for the load balancer.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "relations",
  says: /type is CNAME, but name is that of zone "shop" itself/,
};

export function program(mended: boolean): void {
  const { dnsName, zoneId } = balancer(network().subnetIds);
  const zone = new aws.route53.Zone("shop", { name: "example.com" });
  new aws.route53.Record("shop", {
    zoneId: zone.zoneId,
    name: "example.com",
    ...(mended
      ? { type: "A", aliases: [{ name: dnsName, zoneId, evaluateTargetHealth: true }] }
      : { type: "CNAME", ttl: 60, records: [dnsName] }),
  });
}
