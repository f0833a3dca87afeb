/** Reads architecture drawings, and makes graphs to draw. */
import type { Drawing } from "../../packages/rehearse/architecture";
import { newResource, type Resource } from "../../packages/rehearse/engine/resource";
import { makeUrn } from "../../packages/rehearse/engine/urn";
import { UNKNOWN, type Values } from "../../packages/rehearse/values";

/** A resource of a preview, whose id is unknown. */
export function declared(
  type: string,
  name: string,
  inputs: Values = {},
  from: Readonly<Record<string, readonly Resource[]>> = {},
): Resource {
  const urn = makeUrn("dev", "shop", "", type, name);
  const propertyDependencies = Object.fromEntries(
    Object.entries(from).map(([property, resources]) => [property, resources.map((one) => one.urn)]),
  );
  const unknown = Object.fromEntries(Object.keys(from).map((property) => [property, UNKNOWN]));
  const values = { ...unknown, ...inputs };
  return {
    ...newResource({ urn, type, name, parent: "", custom: true, inputs: values }),
    propertyDependencies,
  };
}

/** A rectangle of a drawing. */
export interface Rectangle {
  readonly id: string;
  /** The first line of its title. */
  readonly title: string;
  readonly classes: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A drawing's boxes, frames and subnets. */
export function rectanglesOf({ svg }: Drawing): Rectangle[] {
  const pattern =
    /<g class="([^"]*)" id="([^"]*)"[^>]*><title>([^<\n]*)[^<]*<\/title><rect class="shape" x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/g;
  return [...svg.matchAll(pattern)].map(([, classes = "", id = "", title = "", ...numbers]) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    return { id, title, classes: classes.split(" "), x, y, width, height };
  });
}

/** A drawing's arrows, each as `FROM > TO: KIND LABELS`. */
export function arrowsOf({ svg }: Drawing): string[] {
  const found = svg.matchAll(/<g class="arrow (\w+)"[^>]*><title>([^\n<]*)/g);
  return [...found].map(([, kind = "", title = ""]) => {
    const [, from = "", to = "", label = ""] = /^(.*) → (.*?): [^:]*(?:: (.*))?$/.exec(title) ?? [];
    return `${from} > ${to}: ${kind} ${label}`.trim();
  });
}

/** The ids of the boxes that each arrow connects. */
export function endsOf({ svg }: Drawing): (readonly [from: string, to: string])[] {
  const found = svg.matchAll(/data-from="([^"]*)" data-to="([^"]*)"/g);
  return [...found].map(([, from = "", to = ""]) => [from, to] as const);
}
