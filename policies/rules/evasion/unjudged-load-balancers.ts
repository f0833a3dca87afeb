import { fault, resourceRule, violations } from "../../rule";
import { read } from "../../read";
import { isOf } from "../../resources";
import { textsSetting } from "../../settings";
import { BEANSTALK, LATTICE_LISTENER, LIGHTSAIL_LOAD_BALANCER } from "./types";

const FIX =
  'use an Application Load Balancer: new aws.lb.Listener("https", { protocol: "HTTPS", … }); or name the type in ' +
  'the setting: { "unjudged-load-balancers": { "allowedTypes": ["aws:lightsail/lb:Lb"] } }';
const LATTICE_FIX = 'protocol: "HTTPS", for which VPC Lattice brings a certificate: { protocol: "HTTPS", … }';

/** What serves HTTP in AWS beside the load balancers that the other rules judge. */
export const unjudgedLoadBalancers = resourceRule({
  id: "unjudged-load-balancers",
  area: "evasion",
  title: "No load balancers of other services serve plain HTTP",
  severity: "high",
  level: "resource",
  description:
    "Load balancers of Lightsail and Elastic Beanstalk, whose TLS and health checks no rule judges, are not used " +
    "unless configuration allows the type, and VPC Lattice listeners serve TLS. " +
    "They would serve the same visitors over plain HTTP.",
  remedy: `To comply, ${FIX}. VPC Lattice: ${LATTICE_FIX}.`,
  references: [
    {
      label: "Lightsail load balancers",
      url: "https://docs.aws.amazon.com/lightsail/latest/userguide/understanding-lightsail-load-balancers.html",
    },
    {
      label: "Elastic Beanstalk and HTTPS",
      url: "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/configuring-https.html",
    },
    {
      label: "VPC Lattice listeners",
      url: "https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html",
    },
  ],
  settings: {
    allowedTypes: textsSetting([], "Pulumi type tokens of those that are allowed all the same."),
  },
  types: [...LIGHTSAIL_LOAD_BALANCER, ...BEANSTALK, ...LATTICE_LISTENER],
  judge(resource, { allowedTypes }) {
    if (allowedTypes.includes(resource.type)) return [];
    if (isOf(LATTICE_LISTENER, resource)) {
      const protocol = fault("protocol", read(resource.props, ["protocol"]), {
        accepts: (value) => value === "HTTPS" || value === "TLS_PASSTHROUGH",
        allowed: '"HTTPS" or "TLS_PASSTHROUGH"',
        vocabulary: /^(HTTPS?|TLS_PASSTHROUGH)$/i,
      });
      return violations([protocol], LATTICE_FIX);
    }
    if (isOf(BEANSTALK, resource) && isWithoutBalancer(resource.props)) return [];
    const fallback = "brings a load balancer that no rule judges";
    return violations([`${resource.type} ${fallback}; it must be allowed by the setting allowedTypes`], FIX);
  },
});

/** A worker environment reads a queue; it has no load balancer. */
function isWithoutBalancer(props: unknown): boolean {
  const tier = read(props, ["tier"]);
  return tier.kind === "known" && tier.value === "Worker";
}
