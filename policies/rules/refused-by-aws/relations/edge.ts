import { isList, isTrue, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import {
  ALL_DISTRIBUTIONS,
  CERTIFICATE,
  CERTIFICATE_VALIDATION,
  DISTRIBUTION,
  FUNCTION,
  isOf,
  MULTITENANT_DISTRIBUTION,
  WAF_RULE_GROUP,
  WEB_ACL,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given, withOnly } from "../../../stack";
import { IP_SET, PATTERN_SET } from "../api-prose/types";
import { text, texts } from "../known";
import { regionOf } from "../regions";
import { alone, named, refusedOfAll, type Relation } from "./relation";

const BEHAVIORS = ["defaultCacheBehavior", "orderedCacheBehaviors"] as const;

/** The names of the properties of both types of distributions. */
const STANDARD = { behaviors: BEHAVIORS, id: "originId" } as const;
const MULTITENANT = { behaviors: ["defaultCacheBehavior", "cacheBehaviors"], id: "id" } as const;

/** The elements of a list, or a single block; empty if it is not known. */
function blocks(from: unknown, property: string): readonly unknown[] {
  const list = readList(from, [property]);
  return (isList(list) ? list : [list]).flatMap((one) => (one.kind === "known" ? [one.value] : []));
}

/** The strings of a field in each element of a list; undefined if one of them is not known. */
function idsIn(from: unknown, property: string, field: string): readonly string[] | undefined {
  const list = readList(from, [property]);
  if (!isList(list)) return list.kind === "absent" ? [] : undefined;
  return texts(list.map((one) => (one.kind === "known" ? read(one.value, [field]) : one)));
}

function originProblem(distribution: StackSubject): string | undefined {
  const { props } = distribution;
  const { behaviors, id: field } = isOf(MULTITENANT_DISTRIBUTION, distribution) ? MULTITENANT : STANDARD;
  const [origins, groups] = [idsIn(props, "origins", field), idsIn(props, "originGroups", field)];
  if (origins === undefined || groups === undefined) return undefined;
  const isNone = (id: Reading, among: readonly string[]): boolean => {
    const known = text(id);
    return known !== undefined && !among.includes(known);
  };
  const behavior = behaviors.find((property) =>
    blocks(props, property).some((one) => isNone(read(one, ["targetOriginId"]), [...origins, ...groups])),
  );
  if (behavior !== undefined)
    return `targetOriginId in ${behavior} is not an origin of the distribution; it must be the ${field} of one of its origins or originGroups`;
  const hasStranger = blocks(props, "originGroups").some((group) =>
    blocks(group, "members").some((member) => isNone(read(member, ["originId"]), origins)),
  );
  return hasStranger
    ? "originId in originGroups.members is not an origin of the distribution; it must be that of one of its origins"
    : undefined;
}

/** The ARN of a function without a version number. */
const UNVERSIONED = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:\$LATEST)?$/;

/** The names of a certificate; undefined if one of them is not known. */
function namesOf(certificate: StackSubject): readonly string[] | undefined {
  const further = given(certificate, "subjectAlternativeNames");
  if (further.kind === "unknown") return undefined;
  const others = readList(further, ["value"]);
  return texts([given(certificate, "domainName"), ...(isList(others) ? others : [])]);
}

/** Whether a certificate's name covers another: a wildcard matches one label. */
function covers(own: string, name: string): boolean {
  const [one, other] = [own.toLowerCase(), name.toLowerCase()];
  return one === other || one === other.replace(/^[^.]+/, "*");
}

/** Relations of CloudFront distributions and AWS WAF. */
export const edge: readonly Relation[] = [
  {
    of: [...WEB_ACL, ...WAF_RULE_GROUP, ...IP_SET, ...PATTERN_SET],
    source: "WAFInvalidParameterException: The scope is not valid",
    fix: '{ scope: "CLOUDFRONT", region: "us-east-1" }',
    judge: alone((resource) => {
      const region = regionOf(resource);
      return text(given(resource, "scope")) === "CLOUDFRONT" && region !== undefined && region !== "us-east-1"
        ? `scope is "CLOUDFRONT", but the resource is in ${region}; it must be in us-east-1`
        : undefined;
    }),
  },
  {
    of: ALL_DISTRIBUTIONS,
    source: "NoSuchOrigin: One or more of your origins or origin groups do not exist",
    fix: '{ origins: [{ originId: "shop", … }], defaultCacheBehavior: { targetOriginId: "shop", … } }',
    judge: alone(originProblem),
  },
  {
    of: DISTRIBUTION,
    source: "InvalidLambdaFunctionAssociation: The function ARN must reference a specific function version",
    fix: "{ lambdaArn: fn.qualifiedArn }, and { publish: true } of the function",
    judge(stack) {
      const functionsOf = stack.to(FUNCTION, ["arn", "qualifiedArn"]);
      return (distribution) =>
        BEHAVIORS.flatMap((property) =>
          blocks(distribution.props, property)
            .flatMap((behavior) => blocks(behavior, "lambdaFunctionAssociations"))
            .map((association) => {
              const label = `lambdaArn in ${property}.lambdaFunctionAssociations`;
              const arn = read(association, ["lambdaArn"]);
              if (UNVERSIONED.test(text(arn) ?? ""))
                return `${label} names no version of its function; it must end in a version number`;
              // Resources of other providers may create versions.
              const sources = distribution.propertyDependencies[property] ?? [];
              if (arn.kind !== "unknown" || !sources.every(({ type }) => type.startsWith("aws:")))
                return undefined;
              const functions = functionsOf(withOnly(distribution, property, arn), property);
              return refusedOfAll(functions, (one) =>
                isPublished(one)
                  ? undefined
                  : `${label} names function "${one.name}", which publishes no version; publish must be true`,
              );
            }),
        );
    },
  },
  {
    of: DISTRIBUTION,
    source:
      "InvalidViewerCertificate: The certificate that is attached to your distribution doesn't cover the alternate domain name",
    fix: '{ subjectAlternativeNames: ["www.example.com"] } of the certificate, each of the distribution\'s aliases',
    // A certificate that was imported, or that is shared, may cover more than its inputs say.
    isAdvice: true,
    judge(stack) {
      const via = { property: "viewerCertificate", within: ["acmCertificateArn"] };
      const certificatesOf = named(stack, via, CERTIFICATE);
      const validationsOf = named(stack, via, CERTIFICATE_VALIDATION, ["certificateArn", "id"]);
      const follow = stack.to(CERTIFICATE);
      return (distribution) => {
        const aliases = readList(distribution.props, ["aliases"]);
        const certificates = new Set([
          ...certificatesOf(distribution).flat(),
          ...validationsOf(distribution)
            .flat()
            .flatMap((one) => follow(one, "certificateArn")),
        ]);
        return [
          refusedOfAll([...certificates], (certificate) => {
            const names = namesOf(certificate);
            const isCovered = (alias: Reading): boolean => {
              const name = text(alias);
              return name === undefined || names?.some((own) => covers(own, name)) !== false;
            };
            return isList(aliases) && !aliases.every(isCovered)
              ? `aliases contain a name that certificate "${certificate.name}" does not cover; it must be among the certificate's names`
              : undefined;
          }),
        ];
      };
    },
  },
];

/** Whether a function has numbered versions, or may have. */
function isPublished(one: StackSubject): boolean {
  const publish = given(one, "publish");
  return publish.kind === "unknown" || isTrue(publish);
}
