// The program's own code creates the listener, with any API call.
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "other-routes",
  says: /dynamic\/acme:Door belongs to a dynamic provider, whose code may create anything/,
};

export function program(mended: boolean): void {
  class Door extends pulumi.dynamic.Resource {
    constructor(name: string, props: pulumi.Inputs) {
      super(
        { create: async (inputs) => ({ id: "plain", outs: inputs as object }) },
        name,
        props,
        undefined,
        "acme",
        "Door",
      );
    }
  }

  const { arn } = balancer(network().subnetIds);
  if (mended) return;
  new Door("plain", { loadBalancerArn: arn, protocol: "HTTP", port: 80 });
}
