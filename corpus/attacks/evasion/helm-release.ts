// The provider unpacks the chart, whose resources are not visible.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";

export const expected: Expected = {
  rule: "other-routes",
  says: /creates the resources of its chart, which no rule sees/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new Foreign("kubernetes:helm.sh/v3:Release", "ingress", {
    chart: "ingress-nginx",
    repositoryOpts: { repo: "https://charts.example.com" },
    values: { controller: { service: { type: "LoadBalancer" } } },
  });
}
