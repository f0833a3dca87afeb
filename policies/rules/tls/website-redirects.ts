import { jsonOf, listInJson, read } from "../../read";
import type { Reading } from "../../read";
import { type Placed, readEach } from "../../read-each";
import { BUCKET, BUCKET_OBJECT, isOf } from "../../resources";
import { problem } from "../../rule";
import type { Subject } from "../../rule";

/**
 * The redirects of a bucket's website, or of one of its objects, that lead to plain HTTP. S3's website endpoints have no
 * HTTPS, so a redirect without a protocol leads to plain HTTP too; it may also lead to another page of the same website,
 * and isn't judged.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html
 */
export function websiteProblems(resource: Subject): (string | undefined)[] {
  const { props } = resource;
  if (isOf(BUCKET_OBJECT, resource)) return [urlProblem("websiteRedirect", read(props, ["websiteRedirect"]))];
  const inline = ["website", "websites.*"];
  const places = isOf(BUCKET, resource) ? inline.flatMap((path) => readEach(props, path)) : [];
  return [
    ...["redirectAllRequestsTo.protocol", "routingRules.*.redirect.protocol"]
      .flatMap((path) => readEach(props, path))
      .map(protocolProblem),
    ...rulesProblems("routingRuleDetails", read(props, ["routingRuleDetails"])),
    ...places.flatMap(({ label, reading }) => {
      const website = reading.kind === "known" ? reading.value : undefined;
      return [
        urlProblem(`${label}.redirectAllRequestsTo`, read(website, ["redirectAllRequestsTo"])),
        ...rulesProblems(`${label}.routingRules`, read(website, ["routingRules"])),
      ];
    }),
  ];
}

function protocolProblem({ label, reading }: Placed): string | undefined {
  if (reading.kind === "absent") return undefined;
  return problem(label, reading, {
    accepts: (value) => value === "https" || value === "",
    allowed: '"https"',
    vocabulary: /^https?$/i,
  });
}

function urlProblem(label: string, reading: Reading): string | undefined {
  return reading.kind === "known" && /^http:/i.test(String(reading.value))
    ? `${label} begins with "http:"; it must begin with "https:"`
    : undefined;
}

/** Rules in JSON, as S3 names their members. */
function rulesProblems(label: string, json: Reading): (string | undefined)[] {
  const rules = listInJson(json);
  const said = json.kind === "known" && Array.isArray(rules) ? jsonOf(json.value) : undefined;
  return readEach(said, "*.Redirect.Protocol").map((placed) =>
    protocolProblem({ ...placed, label: `${label}${placed.label}` }),
  );
}
