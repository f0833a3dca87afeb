import type { Context } from "hono";

/** A form's fields, or those of a JSON object; none if the body is neither. */
export async function readForm(c: Context): Promise<Record<string, unknown>> {
  const isJson = c.req.header("content-type")?.startsWith("application/json") ?? false;
  const body: unknown = await (isJson ? c.req.json() : c.req.parseBody()).catch(() => ({}));
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
}

/** A field as text; empty for one that is neither text nor number. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** Whether a request asks for JSON, not for a page. */
export function wantsJson(c: Context): boolean {
  return c.req.header("accept")?.includes("application/json") ?? false;
}
