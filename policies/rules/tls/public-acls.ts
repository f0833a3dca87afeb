import { isList, isTrue, read, readList } from "../../read";
import { BUCKET, BUCKET_ACL, BUCKET_OBJECT, BUCKET_POLICY, isOf, PUBLIC_ACCESS_BLOCK } from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { given } from "../../stack";

const FIX =
  'acl: "private", with CloudFront in front of the bucket and origin access control; or a bucket policy, which the rule ' +
  "buckets-tls judges: { policy: … }";

/** Buckets and objects that an access control list opens to everybody, which a bucket policy does not show. */
export const publicAcls = stackRule({
  id: "public-acls",
  area: "tls",
  title: "Nothing is public in clear text by its ACL",
  severity: "high",
  level: "stack",
  description:
    "Buckets and objects are not opened to everybody by an access control list, unless a bucket policy denies plain HTTP. " +
    "S3, and especially its website endpoints, serve public objects in clear text.",
  remedy: `To comply, ${FIX}.`,
  references: [
    { label: "S3.5", url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5" },
    {
      label: "S3.12",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-12",
    },
    {
      label: "Website endpoints",
      url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html",
    },
  ],
  judge(stack) {
    const bucketsOf = stack.to(BUCKET, ["bucket", "id"]);
    const closed = new Set([
      ...stack.ofTypes(BUCKET_POLICY).flatMap((policy) => bucketsOf(policy, "bucket")),
      ...stack
        .ofTypes(PUBLIC_ACCESS_BLOCK)
        .filter((block) => isTrue(given(block, "ignorePublicAcls")))
        .flatMap((block) => bucketsOf(block, "bucket")),
      ...stack.ofTypes(BUCKET).filter((bucket) => given(bucket, "policy").kind !== "absent"),
    ]);
    return stack.ofTypes([...BUCKET, ...BUCKET_ACL, ...BUCKET_OBJECT]).flatMap((resource) => {
      if (!isOpen(resource)) return [];
      const buckets = isOf(BUCKET, resource) ? [resource] : bucketsOf(resource, "bucket");
      if (buckets.length > 0 && buckets.every((bucket) => closed.has(bucket))) return [];
      return violations(
        ["It opens its bucket or object to everybody, also in clear text; it must not"],
        FIX,
        resource.urn,
      );
    });
  },
});

/** Whether a canned ACL, or a grant to all users or to all AWS users, opens it. */
function isOpen(resource: StackSubject): boolean {
  const acl = given(resource, "acl");
  if (acl.kind === "known" && /^(public-|authenticated-read$)/.test(String(acl.value))) return true;
  const policy = given(resource, "accessControlPolicy");
  const lists = [
    given(resource, "grants"),
    policy.kind === "known" ? read(policy.value, ["grants"]) : policy,
  ];
  return lists.some((list) => {
    const grants = list.kind === "known" ? readList(list.value, []) : list;
    return (isList(grants) ? grants : []).some((grant) => {
      if (grant.kind !== "known") return false;
      return [["uri"], ["grantee", "uri"]].some((path) => {
        const uri = read(grant.value, path);
        return uri.kind === "known" && /global\/(AllUsers|AuthenticatedUsers)$/.test(String(uri.value));
      });
    });
  });
}
