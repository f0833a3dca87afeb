// A chart's resources are visible one by one: one is a Service with a load balancer of a type that is still unknown.
import * as pulumi from "@pulumi/pulumi";
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";

export const expected: Expected = {
  rule: "unjudged-load-balancers",
  says: /spec\.type is not known before deployment/,
};

export function program(mended: boolean): void {
  class Chart extends pulumi.ComponentResource {
    constructor(name: string, values: { type: pulumi.Input<string> }) {
      super("kubernetes:helm.sh/v4:Chart", name);
      new Foreign("kubernetes:core/v1:Service", `${name}-front`, { spec: values }, { parent: this });
    }
  }

  const configured = new Foreign("kubernetes:core/v1:ConfigMap", "choice", {
    data: { type: "LoadBalancer" },
  });
  new Chart("shop", { type: mended ? "ClusterIP" : configured.id.apply(() => "LoadBalancer") });
}
