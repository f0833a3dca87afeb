import type { Reading } from "../../read";

/** What Elastic Load Balancing calls itself when it delivers logs: by service, in the order of their age. */
const SERVICES = [
  "logdelivery.elasticloadbalancing.amazonaws.com",
  "logdelivery.elb.amazonaws.com",
  "delivery.logs.amazonaws.com",
];

/**
 * The accounts of Elastic Load Balancing, one a Region; newer Regions have the service principal only.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const ACCOUNTS = [
  "127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378",
  "383597477331 600734575887 114774131450 783225319266 582318560864 985666609251 054676820928 156460612806",
  "652711504416 635631232127 009996457667 897822967062 076674570225 507241528517 048591011584 190560391635",
  "638102146993 037604701340",
].flatMap((line) => line.split(" "));

/**
 * True unless a bucket's policy is known not to let Elastic Load Balancing put objects. Of its statements only those
 * that allow are looked at, by principal and action: what is not known, or not read here, may let it.
 */
export function mayDeliverLogs(policy: Reading): boolean {
  if (policy.kind !== "known") return policy.kind === "unknown";
  const statements = statementsOf(policy.value);
  return statements === undefined || statements.some(mayLet);
}

/** The statements of a policy, or undefined if it is no policy that one could read. */
function statementsOf(policy: unknown): unknown[] | undefined {
  if (typeof policy !== "string") return undefined;
  try {
    const { Statement: statement } = JSON.parse(policy) as { Statement?: unknown };
    return statement === undefined ? undefined : [statement].flat();
  } catch {
    return undefined;
  }
}

function mayLet(statement: unknown): boolean {
  if (typeof statement !== "object" || statement === null) return true;
  const { Effect: effect, Principal: principal, Action: action } = statement as Record<string, unknown>;
  if (effect !== "Allow") return false;
  const actions = action === undefined ? ["s3:PutObject"] : [action].flat().map(String);
  return actions.some(coversPutObject) && (principal === undefined || isDelivery(principal));
}

function coversPutObject(action: string): boolean {
  const pattern = action
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${pattern}$`, "i").test("s3:PutObject");
}

function isDelivery(principal: unknown): boolean {
  if (typeof principal !== "object" || principal === null) return principal === "*";
  return Object.values(principal)
    .flat()
    .map(String)
    .some(
      (name) =>
        name === "*" ||
        SERVICES.includes(name) ||
        ACCOUNTS.some((account) => account === /\d{12}/.exec(name)?.[0]),
    );
}
