// A chart holds whatever its authors put there; the provider unpacks it out of sight.
import { Foreign } from "../../foreign";

new Foreign("kubernetes:helm.sh/v3:Release", "ingress", {
  chart: "ingress-nginx",
  repositoryOpts: { repo: "https://charts.example.com" },
  values: { controller: { service: { type: "LoadBalancer" } } },
});
