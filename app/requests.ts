import type { Context } from "hono";

/** The fields of a form or a JSON object; none if the body is neither. */
export async function readForm(c: Context): Promise<Record<string, unknown>> {
  const isJson = c.req.header("content-type")?.startsWith("application/json") ?? false;
  const body: unknown = await (isJson ? c.req.json() : c.req.parseBody()).catch(() => ({}));
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}

/** A field as text; empty if it is neither text nor number. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** Whether a request asks for JSON instead of a page. */
export function wantsJson(c: Context): boolean {
  return c.req.header("accept")?.includes("application/json") ?? false;
}
