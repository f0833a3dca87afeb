import { kindOf, saysInternal } from "../../../balancers";
import { read, upperCase } from "../../../read";
import {
  ALL_DISTRIBUTIONS,
  API_DOMAIN,
  CERTIFICATE,
  CERTIFICATE_VALIDATION,
  CLASSIC_LOAD_BALANCER,
  HTTP_API_DOMAIN,
  INTERNET_GATEWAY,
  INTERNET_GATEWAY_ATTACHMENT,
  isOf,
  LISTENER,
  LISTENER_CERTIFICATE,
  LOAD_BALANCER,
  NAT_GATEWAY,
  SUBNET,
  VPC,
  WEB_ACL,
  WEB_ACL_ASSOCIATION,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given } from "../../../stack";
import type { Stack } from "../../../stack";
import { API_ROUTE, HTTP_API } from "../api-prose/types";
import { text } from "../known";
import { regionOf, regionOfArn, regionOfListener } from "../regions";
import { named, pair, refusedOfAll, type Relation, type Via, waitsFor } from "./relation";
import { API_MAPPING, DISTRIBUTION_TENANT } from "./types";

const VALIDATION_FIX =
  'certificateArn: new aws.acm.CertificateValidation("tls", { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] }).certificateArn';

/** Types that use certificates in us-east-1. */
const GLOBAL = [...ALL_DISTRIBUTIONS, ...DISTRIBUTION_TENANT];

/** Types that use certificates, and the properties that name them. */
const USERS: readonly (readonly [types: readonly string[], via: Via])[] = [
  [[...LISTENER, ...LISTENER_CERTIFICATE], { property: "certificateArn" }],
  [ALL_DISTRIBUTIONS, { property: "viewerCertificate", within: ["acmCertificateArn"] }],
  [DISTRIBUTION_TENANT, { property: "customizations", within: ["certificate", "arn"] }],
  [CLASSIC_LOAD_BALANCER, { property: "listeners", within: ["sslCertificateId"] }],
];

/** The same, with API Gateway domains, whose certificates may be in another Region. */
const ALL_USERS: typeof USERS = [
  ...USERS,
  [API_DOMAIN, { property: "certificateArn" }],
  [API_DOMAIN, { property: "regionalCertificateArn" }],
  [HTTP_API_DOMAIN, { property: "domainNameConfiguration", within: ["certificateArn"] }],
];

/** The certificates that a resource names without waiting for validation, each with its candidates in the stack. */
function unvalidated(stack: Stack, via: Via): (user: StackSubject) => (readonly StackSubject[])[] {
  const certificatesOf = named(stack, via, CERTIFICATE);
  const validationsOf = named(stack, via, CERTIFICATE_VALIDATION, ["certificateArn", "id"]);
  return (user) => {
    const validations = validationsOf(user);
    return certificatesOf(user).filter((_, index) => (validations[index] ?? []).length === 0);
  };
}

/** Whether a certificate's names must be validated after it is requested. */
function needsProof({ props }: StackSubject): boolean {
  return ["privateKey", "privateKeyWo", "certificateBody", "certificateAuthorityArn"].every(
    (property) => read(props, [property]).kind === "absent",
  );
}

/** Types in public subnets, the properties that name the subnets, and whether a resource needs the internet. */
const OUTSIDE: readonly (readonly [
  types: readonly string[],
  via: readonly Via[],
  needs: (one: StackSubject) => boolean,
])[] = [
  [
    LOAD_BALANCER,
    [{ property: "subnets" }, { property: "subnetMappings", within: ["subnetId"] }],
    (balancer) =>
      !saysInternal(balancer) &&
      given(balancer, "internal").kind !== "unknown" &&
      kindOf(balancer) !== "gateway",
  ],
  [
    NAT_GATEWAY,
    [{ property: "subnetId" }],
    ({ props }) =>
      upperCase(read(props, ["connectivityType"])) !== "PRIVATE" && read(props, ["vpcId"]).kind !== "known",
  ],
];

/** The internet gateways of each VPC of the stack. */
function gatewaysOf(stack: Stack): (vpc: StackSubject) => StackSubject[] {
  const vpcsOf = stack.to(VPC);
  const gateways = stack.ofTypes([...INTERNET_GATEWAY, ...INTERNET_GATEWAY_ATTACHMENT]);
  // A gateway whose VPC is not known may belong to any VPC.
  const found = gateways.map((gateway) => [gateway, vpcsOf(gateway, "vpcId")] as const);
  return (vpc) =>
    found
      .filter(([gateway, vpcs]) => vpcs.includes(vpc) || (vpcs.length === 0 && isUntold(gateway)))
      .map(([gateway]) => gateway);
}

function isUntold(gateway: StackSubject): boolean {
  return isOf(INTERNET_GATEWAY_ATTACHMENT, gateway) && given(gateway, "vpcId").kind === "unknown";
}

/** The VPCs of the stack that a resource is in; empty unless it is certain. */
function vpcsOf(stack: Stack, via: readonly Via[]): (resource: StackSubject) => StackSubject[] {
  const ways = via.map((one) => named(stack, one, SUBNET));
  const follow = stack.to(VPC);
  return (resource) => {
    const places = ways.flatMap((way) => way(resource));
    const vpcs = places.map((subnets) => new Set(subnets.flatMap((subnet) => follow(subnet, "vpcId"))));
    return vpcs.length > 0 && vpcs.every(({ size }) => size === 1)
      ? [...new Set(vpcs.flatMap((some) => [...some]))]
      : [];
  };
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
const ROUTE_KEY = /^(\$default|(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) \/\S*)$/;

/** Relations of services other than load balancing. */
export const others: readonly Relation[] = [
  ...ALL_USERS.map(([of, via]): Relation => ({
    of,
    source: "UnsupportedCertificate: a certificate is used once it is issued",
    fix: `{ ${VALIDATION_FIX} }`,
    judge(stack) {
      const of = unvalidated(stack, via);
      const follow = stack.to(CERTIFICATE);
      const proved = new Set(
        stack.ofTypes(CERTIFICATE_VALIDATION).flatMap((one) => follow(one, "certificateArn")),
      );
      return (user) =>
        of(user).map((certificates) =>
          refusedOfAll(certificates, (certificate) =>
            proved.has(certificate) || !needsProof(certificate)
              ? undefined
              : `Certificate "${certificate.name}" is not issued when it is used: nothing waits for its validation`,
          ),
        );
    },
  })),
  ...ALL_USERS.map(([of, via]): Relation => ({
    of,
    source: "UnsupportedCertificate: a certificate is used once it is issued",
    fix: `{ ${VALIDATION_FIX} }`,
    isAdvice: true,
    judge(stack) {
      const of = unvalidated(stack, via);
      const follow = stack.to(CERTIFICATE);
      const validations = stack.ofTypes(CERTIFICATE_VALIDATION);
      return (user) =>
        of(user).map((certificates) =>
          refusedOfAll(certificates, (certificate) => {
            const own = validations.filter((one) => follow(one, "certificateArn").includes(certificate));
            return own.length === 0 || waitsFor(user, own)
              ? undefined
              : `It doesn't wait for "${own[0]!.name}", and certificate "${certificate.name}" may not be issued yet`;
          }),
        );
    },
  })),
  ...USERS.map(([of, via]): Relation => ({
    of,
    source:
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
    fix: 'new aws.acm.Certificate("cdn", { region: "us-east-1", … }) for CloudFront; the listener\'s own Region for a listener',
    judge(stack) {
      const follow = stack.to(CERTIFICATE);
      const certificatesOf = named(stack, via, CERTIFICATE);
      const validationsOf = named(stack, via, CERTIFICATE_VALIDATION, ["certificateArn", "id"]);
      return (user) => {
        const isGlobal = isOf(GLOBAL, user);
        const expected = isGlobal ? "us-east-1" : regionOf(user);
        const told = regionOfArn(read(user.props, [via.property, ...(via.within ?? [])]), "acm");
        const here = isGlobal ? expected : regionOfListener(user);
        if (told !== undefined && here !== undefined && told !== here) {
          return [
            `the Region of ${[via.property, ...(via.within ?? [])].join(".")} is "${told}"; it must be "${here}"`,
          ];
        }
        const validations = validationsOf(user);
        return certificatesOf(user).map((direct, index) => {
          const all = [
            ...direct,
            ...(validations[index] ?? []).flatMap((one) => follow(one, "certificateArn")),
          ];
          return refusedOfAll([...new Set(all)], (certificate) => {
            const actual = regionOf(certificate);
            return actual === undefined || expected === undefined || actual === expected
              ? undefined
              : `Certificate "${certificate.name}" is in ${actual}; it must be in ${expected}`;
          });
        });
      };
    },
  })),
  ...OUTSIDE.flatMap(([of, via, needs]): Relation[] =>
    [false, true].map((isAdvice) => ({
      of,
      source: "InvalidSubnet: VPC has no internet gateway",
      fix: 'new aws.ec2.InternetGateway("net", { vpcId: vpc.id }), and { dependsOn: gateway } where it is needed',
      isAdvice,
      judge(stack) {
        const places = vpcsOf(stack, via);
        const gateways = gatewaysOf(stack);
        return (resource) => {
          if (!needs(resource)) return [];
          return places(resource).map((vpc) => {
            const own = gateways(vpc);
            if (own.length === 0)
              return isAdvice ? undefined : `VPC "${vpc.name}" has no internet gateway; it must have one`;
            return !isAdvice || waitsFor(resource, own)
              ? undefined
              : `It doesn't wait for internet gateway "${own[0]!.name}", without which AWS refuses it`;
          });
        };
      },
    })),
  ),
  {
    of: API_MAPPING,
    source:
      "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html",
    fix: '{ securityPolicy: "TLS_1_2" } of the domain name',
    judge(stack) {
      const apisOf = stack.to(HTTP_API, ["id"]);
      const domainsOf = stack.to(API_DOMAIN, ["domainName", "id"]);
      return (mapping) => [
        refusedOfAll(apisOf(mapping, "apiId"), (api) =>
          refusedOfAll(domainsOf(mapping, "domainName"), (domain) =>
            text(read(domain.props, ["securityPolicy"]))?.startsWith("SecurityPolicy_") === true
              ? `It maps API "${api.name}" to domain name "${domain.name}", whose securityPolicy begins with "SecurityPolicy_"; AWS allows only REST APIs for such a domain name`
              : undefined,
          ),
        ),
      ];
    },
  },
  {
    of: API_ROUTE,
    source: "Invalid route key; it must be $default, or a method and a path",
    fix: '{ routeKey: "GET /orders" }, "ANY /{proxy+}" or "$default"',
    judge: pair([{ property: "apiId" }], HTTP_API, ["id"], ({ props }, api) =>
      text(read(api.props, ["protocolType"])) === "HTTP" &&
      !ROUTE_KEY.test(text(read(props, ["routeKey"])) ?? "$default")
        ? `Its routeKey does not have the form that HTTP API "${api.name}" requires; it must be "$default", or a method in capitals and a path`
        : undefined,
    ),
  },
  {
    of: WEB_ACL_ASSOCIATION,
    source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html",
    fix: "{ resourceArn: applicationLoadBalancer.arn }",
    judge: pair([{ property: "resourceArn" }], LOAD_BALANCER, ["arn", "id"], (_, balancer) => {
      const kind = kindOf(balancer);
      return kind === undefined || kind === "application"
        ? undefined
        : `"${balancer.name}" is a load balancer of type ${kind}; AWS WAF allows only those of type application`;
    }),
  },
  ...(
    [
      [WEB_ACL_ASSOCIATION, "webAclArn", "REGIONAL"],
      [ALL_DISTRIBUTIONS, "webAclId", "CLOUDFRONT"],
    ] as const
  ).map(([of, property, scope]): Relation => ({
    of,
    source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html (Scope)",
    fix: `new aws.wafv2.WebAcl("shop", { scope: "${scope}", … })`,
    judge: pair([{ property }], WEB_ACL, ["arn", "id"], (_, acl) => {
      const own = upperCase(read(acl.props, ["scope"]));
      return own !== undefined && own !== scope && ["REGIONAL", "CLOUDFRONT"].includes(own)
        ? `Web ACL "${acl.name}" is of scope ${own}; it must be of scope ${scope}`
        : undefined;
    }),
  })),
];
