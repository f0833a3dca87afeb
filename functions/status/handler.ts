import { type Report, reportOn, type Store } from "./figures";
import { renderPage } from "./page";

/**
 * What a load balancer sends: the parts that are read.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export interface Request {
  readonly httpMethod: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a load balancer takes for an answer. */
export interface Response {
  readonly statusCode: number;
  readonly statusDescription: string;
  readonly isBase64Encoded: false;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** For how long an answer is good, here and in whoever asks: a crowd at the door costs no more than one visitor. */
const FRESH_SECONDS = 10;

const store = JSON.parse(process.env["STORE"] ?? "{}") as Store;
let last: { readonly until: number; readonly report: Promise<Report> } | undefined;

/**
 * Answers `/status`: JSON, or a page for whoever asks for HTML. Status 200 while the store serves, 503 when it is down
 * or when AWS doesn't say.
 */
export async function handler({ httpMethod, headers = {} }: Request): Promise<Response> {
  if (httpMethod !== "GET" && httpMethod !== "HEAD") {
    return answer(405, { allow: "GET, HEAD" }, "text/plain", "Only GET and HEAD.\n");
  }
  const wantsPage = prefersHtml(headers["accept"] ?? "");
  const report = await fresh().catch((error: unknown) => {
    console.error(JSON.stringify({ message: "AWS did not say how the store is", error: String(error) }));
    return undefined;
  });
  const code = report === undefined || report.status === "down" ? 503 : 200;
  const body = wantsPage
    ? renderPage(store.title, report)
    : `${JSON.stringify(report ?? { store: store.title, status: "unknown" })}\n`;
  const type = wantsPage ? "text/html" : "application/json";
  return answer(code, {}, type, httpMethod === "HEAD" ? "" : body);
}

/** The last report, or a new one. A failure is not kept. */
function fresh(): Promise<Report> {
  const now = Date.now();
  if (last !== undefined && now < last.until) return last.report;
  const report = reportOn(store, new Date(now));
  last = { until: now + FRESH_SECONDS * 1000, report };
  report.catch(() => (last = undefined));
  return report;
}

function answer(
  statusCode: number,
  headers: Readonly<Record<string, string>>,
  type: string,
  body: string,
): Response {
  const descriptions: Record<number, string> = {
    200: "200 OK",
    405: "405 Method Not Allowed",
    503: "503 Service Unavailable",
  };
  return {
    statusCode,
    statusDescription: descriptions[statusCode] ?? String(statusCode),
    isBase64Encoded: false,
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": statusCode === 200 ? `public, max-age=${FRESH_SECONDS}` : "no-store",
      vary: "accept",
      ...headers,
    },
    body,
  };
}

/**
 * Whether HTML is wanted more than JSON, by quality, and where both are alike by what comes first. Neither named: JSON.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1
 */
function prefersHtml(accept: string): boolean {
  const ranges = accept.split(",").map((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  const offered = ranges
    .filter(({ type, quality }) => quality > 0 && (type === "text/html" || type === "application/json"))
    .sort((one, other) => other.quality - one.quality);
  return offered[0]?.type === "text/html";
}
