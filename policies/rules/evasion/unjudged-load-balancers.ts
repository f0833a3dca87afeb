import { problem, resourceRule, stackRule, violations } from "../../rule";
import { read } from "../../read";
import { BEANSTALK, BEANSTALK_TEMPLATE, EXPRESS_SERVICE, isOf, LIGHTSAIL_INSTANCE } from "../../resources";
import { textsSetting } from "../../settings";
import { judgeBeanstalk } from "./beanstalk";
import {
  CUSTOM_ROUTING_GROUP,
  KUBERNETES_INGRESS,
  KUBERNETES_SERVICE,
  LATTICE_LISTENER,
  LIGHTSAIL_DISTRIBUTION,
  LIGHTSAIL_LOAD_BALANCER,
  LIGHTSAIL_REDIRECTION,
} from "./types";

const LISTENER = 'use an Application Load Balancer: new aws.lb.Listener("https", { protocol: "HTTPS", … })';
const BINDING =
  "keep the service within the cluster, and let a TargetGroupBinding of the AWS Load Balancer Controller register its " +
  "pods with an aws.lb.TargetGroup";
const orAllowed = (fix: string, type: string): string =>
  `${fix}; or name the type in the setting: { "unjudged-load-balancers": { "allowedTypes": ["${type}"] } }`;
const LATTICE_FIX = 'protocol: "HTTPS", for which VPC Lattice brings a certificate: { protocol: "HTTPS", … }';

/** AWS services that serve HTTP without a load balancer that the other rules judge. */
export const unjudgedLoadBalancers = resourceRule({
  id: "unjudged-load-balancers",
  area: "evasion",
  title: "No other load balancers serve visitors where the rules cannot see them",
  severity: "high",
  level: "resource",
  description:
    "Load balancers of Lightsail, ECS Express and Kubernetes, whose TLS and health checks no rule judges, are not used " +
    "unless the configuration allows the type, and those of VPC Lattice and Elastic Beanstalk serve TLS. " +
    "Otherwise they could serve the same visitors over plain HTTP.",
  advises: "internal load balancers of Elastic Beanstalk, and policies of TLS 1.2 with older ciphers",
  remedy: `To comply, ${LISTENER}. VPC Lattice: ${LATTICE_FIX}.`,
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
    allowedTypes: textsSetting(
      [],
      "Pulumi type tokens of load balancers that are allowed although the rule refuses them.",
    ),
  },
  types: [
    ...LIGHTSAIL_LOAD_BALANCER,
    ...LIGHTSAIL_INSTANCE,
    ...BEANSTALK,
    ...BEANSTALK_TEMPLATE,
    ...EXPRESS_SERVICE,
    ...CUSTOM_ROUTING_GROUP,
    ...KUBERNETES_SERVICE,
    ...KUBERNETES_INGRESS,
    ...LATTICE_LISTENER,
    ...LIGHTSAIL_DISTRIBUTION,
    ...LIGHTSAIL_REDIRECTION,
  ],
  judge(resource, { allowedTypes }) {
    if (allowedTypes.includes(resource.type)) return [];
    if (isOf(LATTICE_LISTENER, resource)) {
      const protocol = problem("protocol", read(resource.props, ["protocol"]), {
        accepts: (value) => value === "HTTPS" || value === "TLS_PASSTHROUGH",
        allowed: '"HTTPS" or "TLS_PASSTHROUGH"',
        vocabulary: /^(HTTPS?|TLS_PASSTHROUGH)$/i,
      });
      return violations([protocol], LATTICE_FIX);
    }
    if (isOf(LIGHTSAIL_DISTRIBUTION, resource)) {
      const policy = problem("origin.protocolPolicy", read(resource.props, ["origin", "protocolPolicy"]), {
        accepts: (value) => value === "https-only",
        allowed: '"https-only"',
        vocabulary: /^https?-only$/,
        absentMeans: '"http-only": it fetches from its origin in clear text',
      });
      return violations([policy], 'origin: { …, protocolPolicy: "https-only" }');
    }
    if (isOf(LIGHTSAIL_REDIRECTION, resource)) {
      const redirects = problem("enabled", read(resource.props, ["enabled"]), {
        accepts: (value) => value === true || value === "true",
        allowed: "true, as the load balancer otherwise serves clear text on port 80",
      });
      return violations(
        [redirects],
        "enabled: true, together with aws.lightsail.LbCertificateAttachment: { … }",
      );
    }
    if (isOf([...BEANSTALK, ...BEANSTALK_TEMPLATE], resource)) return judgeBeanstalk(resource);
    const { type, props } = resource;
    if (isOf(KUBERNETES_SERVICE, resource))
      return violations([serviceProblem(props)], orAllowed(BINDING, type));
    if (isOf(KUBERNETES_INGRESS, resource))
      return violations([classProblem(props)], orAllowed(BINDING, type));
    const what = isOf([...LIGHTSAIL_INSTANCE, ...CUSTOM_ROUTING_GROUP], resource)
      ? "lets visitors reach instances past any load balancer"
      : "creates a load balancer that no rule judges";
    return violations(
      [`${type} ${what}; it must be allowed by the setting allowedTypes`],
      orAllowed(LISTENER, type),
    );
  },
});

/** A load balancer class of another vendor creates no load balancer of AWS. */
function serviceProblem(props: unknown): string | undefined {
  const type = read(props, ["spec", "type"]);
  const maker = read(props, ["spec", "loadBalancerClass"]);
  const isForeign = maker.kind === "known" && !AWS_CLASS.test(String(maker.value));
  if (type.kind === "absent" || isForeign) return undefined;
  return problem("spec.type", type, {
    accepts: (value) => value === "ClusterIP" || value === "NodePort" || value === "ExternalName",
    allowed:
      'left out, "ClusterIP", "NodePort" or "ExternalName", as no rule judges the load balancer that comes with it',
    vocabulary: /^(ClusterIP|NodePort|ExternalName|LoadBalancer)$/i,
  });
}

/** Classes of ingresses, gateways and load balancers of services that AWS's controllers handle. */
const AWS_CLASS = /(^|[^a-z])(alb|nlb|aws|amazon|eks)([^a-z]|$)/i;

function classProblem(props: unknown): string | undefined {
  const places = [
    ["spec", "ingressClassName"],
    ["metadata", "annotations", "kubernetes.io/ingress.class"],
    ["spec", "gatewayClassName"],
  ];
  const [path, reading] = places
    .map((path) => [path, read(props, path)] as const)
    .find(([, { kind }]) => kind !== "absent") ?? [places[0]!, read(props, places[0]!)];
  const problemy = problem(path.join("."), reading, {
    accepts: (value) => typeof value === "string" && value !== "" && !AWS_CLASS.test(value),
    allowed:
      "the literal class of a controller that creates no load balancer of AWS, as no rule judges those",
    vocabulary: /^(alb|nlb)$/i,
  });
  if (problemy !== undefined) return problemy;
  const annotations = read(props, ["metadata", "annotations"]);
  const annotated =
    annotations.kind === "known" && typeof annotations.value === "object" && annotations.value !== null
      ? Object.keys(annotations.value).find((key) => key.startsWith("alb.ingress.kubernetes.io/"))
      : undefined;
  return annotated === undefined
    ? undefined
    : "metadata.annotations has annotations of the AWS Load Balancer Controller (alb.ingress.kubernetes.io/…), whose load balancer no rule judges";
}

const CLASSES =
  /^kubernetes:(networking\.k8s\.io|gateway\.networking\.k8s\.io)\/\w+:(Ingress|Gateway)Class(Patch)?$/;

const { advises: _, ...shared } = unjudgedLoadBalancers;

/** Ingresses and gateways, by the controller of their class, as a class may have any name. */
export const ingressClasses = stackRule({
  ...shared,
  id: "unjudged-load-balancers-stack",
  title: "Ingress and gateway classes create no load balancer of AWS",
  level: "stack",
  description:
    "Kubernetes ingresses and gateways whose class belongs to an AWS controller are not used unless the configuration allows the type. " +
    "No rule judges the load balancer that the controller creates for them.",
  remedy: `To comply, ${orAllowed(BINDING, KUBERNETES_INGRESS[0]!)}.`,
  judge(stack, { allowedTypes }) {
    const text = (props: unknown, ...path: string[]): unknown => {
      const reading = read(props, path);
      return reading.kind === "known" ? reading.value : undefined;
    };
    const classes = stack.resources.filter(({ type }) => CLASSES.test(type));
    const ofAws = new Set(
      classes
        .filter(({ props }) =>
          AWS_CLASS.test(String(text(props, "spec", "controller") ?? text(props, "spec", "controllerName"))),
        )
        .map(({ props }) => text(props, "metadata", "name")),
    );
    return stack.ofTypes(KUBERNETES_INGRESS).flatMap(({ type, props, urn }) => {
      const name = text(props, "spec", "ingressClassName") ?? text(props, "spec", "gatewayClassName");
      if (name === undefined || !ofAws.has(name) || allowedTypes.includes(type)) return [];
      // The resource rule has reported it by its own properties.
      if (classProblem(props) !== undefined) return [];
      const problemy = "Its class belongs to an AWS controller, whose load balancer no rule judges";
      return violations([problemy], orAllowed(BINDING, type), urn);
    });
  },
});
