import assert from "node:assert/strict";
import { join } from "node:path";

import { drawArchitecture, type Drawing } from "../../packages/rehearse/architecture";
import { previewed } from "../support/preview";
import { ROOT } from "../support/rehearse";

const example = (name: string): string[] => ["--config-file", join(ROOT, "examples", `${name}.yaml`)];

/** What is drawn of each stack: its boxes as `LABEL NAME`, and its arrows as `FROM > TO: KIND LABEL`. */
const STACKS: Readonly<
  Record<string, { args: readonly string[]; boxes: readonly string[]; arrows: readonly string[] }>
> = {
  dev: {
    args: ["dev"],
    boxes: ["Application Load Balancer web-store-alb", "2 log groups", "NAT gateway web-store-vpc-1"],
    arrows: [
      "Internet > web-store-alb: tls HTTPS 443, 80 redirects",
      "web-store-alb > web-store-proxy-fleet: tls HTTPS 8443 by weight",
      "web-store-alb > web-store-status: event invokes",
      "web-store-proxy-fleet > web-store-fleet: permission 8443, 8444",
      "web-store-alb > web-store-access-logs: logs logs",
    ],
  },
  prod: {
    args: ["prod"],
    boxes: ["Auto Scaling group web-store-fleet", "3 NAT gateways", "AWS WAF web-store-web-acl"],
    arrows: [
      "Internet > web-store-alb: tls HTTPS 443, 80 redirects",
      "web-store-alb > web-store-fleet: tls HTTPS 8443",
      "web-store-web-acl > web-store-alb: reference filters",
      "web-store-fleet > web-store-orders: reference",
      "11 alarms > web-store-alarms: event notifies",
    ],
  },
  "behind-cloudfront": {
    args: example("behind-cloudfront"),
    boxes: ["CloudFront web-store-cdn"],
    arrows: [
      "Internet > web-store-cdn: tls HTTPS 443, 80 redirects",
      "web-store-cdn > web-store-alb: tls HTTPS",
      "Route 53 > web-store-cdn: name alias",
    ],
  },
};

describe("The architecture drawing", () => {
  for (const [title, { args, boxes, arrows }] of Object.entries(STACKS))
    it(`shows what ${title} is made of, and what talks to what`, async () => {
      const drawing = await drawArchitecture({ resources: await previewed(args), findings: [] });
      const labels = drawing.boxes.map(({ id }) => titleOf(drawing, id));
      for (const box of boxes)
        assert.ok(
          labels.some((label) => label.startsWith(box)),
          `${box} is not among ${labels.join("\n")}`,
        );
      const drawn = arrowsOf(drawing);
      for (const arrow of arrows)
        assert.ok(drawn.includes(arrow), `${arrow} is not among\n${drawn.join("\n")}`);
    });
});

/** The first line of a box's title. */
function titleOf({ svg }: Drawing, id: string): string {
  const [, title = ""] = new RegExp(`id="${id}"[^>]*><title>([^<\n]*)`).exec(svg) ?? [];
  return title;
}

/** A drawing's arrows, each on a line. */
function arrowsOf(drawing: Drawing): string[] {
  const found = drawing.svg.matchAll(/<g class="arrow (\w+)"[^>]*><title>([^\n<]*)/g);
  return [...found].map(([, kind = "", title = ""]) => {
    const [, from = "", to = "", , label = ""] = /^(.*) → (.*?): ([^:]*)(?:: (.*))?$/.exec(title) ?? [];
    return `${from} > ${to}: ${kind} ${label}`.trim();
  });
}
