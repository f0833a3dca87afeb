import * as pulumi from "@pulumi/pulumi";

import { Network, type NetworkIds } from "../../components/network/network";
import { servicesOf } from "../application/user-data";
import { usesDynamodb } from "../application/access";
import { allSettings } from "../applications/derive";
import type { Context } from "../context";
import type { Settings } from "../settings/schema";

/** Whether instances use DynamoDB. */
export function reachesDynamodb(settings: Settings): boolean {
  return allSettings(settings).some((own) => own.application.source === "store" || usesDynamodb(own));
}

/** The VPC and its resources; declares nothing for an existing network. */
export function build(settings: Settings, { name, tags }: Context): NetworkIds {
  const { existing, ...own } = settings.network;
  if (existing !== undefined) {
    return {
      vpcId: pulumi.output(existing.vpcId),
      publicSubnetIds: pulumi.output([...existing.publicSubnetIds]),
      privateSubnetIds: pulumi.output([...existing.privateSubnetIds]),
    };
  }
  return new Network(name, {
    ...own,
    interfaceServices: servicesOf(settings),
    dynamodb: reachesDynamodb(settings),
    tags,
  });
}
