/** AWS's query protocol as far as EC2 Auto Scaling needs it: a form in the request, XML in the response. */
import type { AutoScaling } from "./auto-scaling";

/** The service's response to a request body. */
export function autoScalingXml(service: AutoScaling, body: string): string {
  const form = new URLSearchParams(body);
  const action = form.get("Action") ?? "";
  const input: Tree = {};
  for (const [key, value] of form) put(input, key.split("."), value);
  const answer = service.operate(action, toLists(input) as Parameters<AutoScaling["operate"]>[1]);
  return wrap(action, xmlOf(answer));
}

type Tree = { [key: string]: Tree | string };

function put(tree: Tree, [key = "", ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const below = (tree[key] ??= {});
  if (typeof below !== "string") put(below, rest, value);
}

/** Turns members named `member.1`, `member.2` into lists. */
function toLists(tree: Tree | string): unknown {
  if (typeof tree === "string") return tree;
  const { member } = tree;
  if (member !== undefined && typeof member !== "string") return Object.values(member).map(toLists);
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, toLists(value)]));
}

function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => xml("member", xmlOf(one))).join("");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, one]) => xml(key, xmlOf(one)))
    .join("");
}

const xml = (tag: string, inner: string): string => `<${tag}>${inner}</${tag}>`;
const wrap = (action: string, inner: string): string =>
  xml(
    `${action}Response`,
    xml(`${action}Result`, inner) + xml("ResponseMetadata", xml("RequestId", "request")),
  );
