import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import type { Browser, Page } from "playwright-core";

import { drawArchitecture, type Drawing } from "../../packages/rehearse/architecture";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { startChromium } from "../support/chromium";
import { declared, endsOf, type Rectangle, rectanglesOf } from "../support/drawing";
import { previewed } from "../support/preview";
import { describeWith } from "../support/programs";
import { ROOT } from "../support/rehearse";

const draw = (resources: readonly Resource[]): Promise<Drawing> =>
  drawArchitecture({ resources, findings: [] });

/** Types of all roles, each with a reference to some of those before it. */
const TYPES: readonly (readonly [type: string, property: string])[] = [
  ["aws:ec2/vpc:Vpc", "tags"],
  ["aws:ec2/subnet:Subnet", "vpcId"],
  ["aws:ec2/securityGroup:SecurityGroup", "ingress"],
  ["aws:ec2/instance:Instance", "subnetId"],
  ["aws:ec2/instance:Instance", "vpcSecurityGroupIds"],
  ["aws:ec2/natGateway:NatGateway", "subnetId"],
  ["aws:lb/loadBalancer:LoadBalancer", "subnets"],
  ["aws:lb/listener:Listener", "loadBalancerArn"],
  ["aws:lb/targetGroup:TargetGroup", "vpcId"],
  ["aws:iam/role:Role", "assumeRolePolicy"],
  ["aws:iam/rolePolicy:RolePolicy", "role"],
  ["aws:lambda/function:Function", "role"],
  ["aws:lambda/permission:Permission", "function"],
  ["aws:dynamodb/table:Table", "tags"],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", "alarmActions"],
  ["aws:sns/topic:Topic", "policy"],
  ["aws:route53/record:Record", "aliases"],
  ["kubernetes:core/v1:Service", "metadata"],
];

/** Random graphs with every possible reference, and names with all characters. */
const graphs = fc
  .array(
    fc.record({
      type: fc.nat(TYPES.length - 1),
      name: fc.string({ unit: "binary", maxLength: 40 }),
      from: fc.array(fc.nat(40), { maxLength: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((rows) => {
    const resources: Resource[] = [];
    for (const [index, { type, name, from }] of rows.entries()) {
      const [token = "", property = ""] = TYPES[type] ?? [];
      const former = from.flatMap((one) => resources[one] ?? []);
      resources.push(declared(token, `${index}${name}`, {}, former.length > 0 ? { [property]: former } : {}));
    }
    return resources;
  });

const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "&lt;b&gt;",
  "it's",
  "-->",
  "]]>",
  "\ud800",
  'a"]; click n1 "javascript:alert(1)" %% end',
  "end",
  "`md`",
  "a\nsubgraph evil",
  "#35;",
  "\u0000\u0007\u001b[31m",
  "\u202egnihsif\u202c",
  "x".repeat(300),
  "W".repeat(80),
  "とても長い名前".repeat(9),
  "😀".repeat(60),
  "שלום עולם",
];

const overlaps = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const contains = (a: Rectangle, b: Rectangle): boolean =>
  a.x <= b.x && a.y <= b.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height;

describe("The architecture picture", () => {
  it("shows every resource of a graph once, arrows from box to box, and boxes that are separate or nested", () =>
    fc.assert(
      fc.asyncProperty(graphs, async (resources) => {
        const drawing = await draw(resources);
        const urns = drawing.boxes.flatMap((box) => box.urns);
        assert.deepEqual([...urns].sort(), resources.map(({ urn }) => urn).sort());
        const drawn = rectanglesOf(drawing);
        const ids = new Set(drawn.map(({ id }) => id));
        assert.equal(ids.size, drawing.boxes.length);
        for (const end of endsOf(drawing).flat()) assert.ok(ids.has(end), `an arrow leads to ${end}`);
        for (const a of drawn.filter(({ classes }) => classes.includes("box")))
          for (const b of drawn.filter((other) => other !== a && overlaps(a, other)))
            assert.ok(b.classes.includes("frame") && contains(b, a), `${a.title} and ${b.title} overlap`);
      }),
      { numRuns: 25 },
    ));

  it("has the same bytes for the same graph in any order: those of the README's picture", async () => {
    const resources = await previewed(["dev"]);
    const { svg } = await draw([...resources].reverse());
    assert.ok(svg === readFileSync(join(ROOT, "docs", "overview.svg"), "utf8"), "stale: npm run generate");
  });

  it("shows an empty stack", async () => {
    const { svg, mermaid, boxes, width } = await draw([]);
    assert.match(svg, /There are no AWS resources to draw\./);
    assert.equal(mermaid, "flowchart TB\n");
    assert.deepEqual(boxes, []);
    assert.ok(width > 200);
  });

  it("folds 2,000 resources into a readable size, and loses none", async () => {
    const resources = Array.from({ length: 100 }, (_, index) => index).flatMap((number) => {
      const vpc = declared("aws:ec2/vpc:Vpc", `vpc${number}`);
      const subnets = ["a", "b"].map((zone) => declared("aws:ec2/subnet:Subnet", `${number}${zone}`, { availabilityZone: `eu-west-1${zone}` }, { vpcId: [vpc] })); // prettier-ignore
      const functions = Array.from({ length: 6 }, (_unused, one) => {
        const role = declared("aws:iam/role:Role", `r${number}-${one}`);
        return [role, declared("aws:lambda/function:Function", `f${number}-${one}`, {}, { role: [role], subnetIds: [subnets[one % 2] as Resource] })]; // prettier-ignore
      });
      const tables = Array.from({ length: 5 }, (_unused, one) => declared("aws:dynamodb/table:Table", `t${number}-${one}`)); // prettier-ignore
      return [vpc, ...subnets, ...functions.flat(), ...tables];
    });
    assert.equal(resources.length, 2000);
    const drawing = await draw(resources);
    assert.ok(drawing.boxes.length < 60, `${drawing.boxes.length} boxes`);
    assert.equal(new Set(drawing.boxes.flatMap(({ urns }) => urns)).size, 2000);
    assert.match(drawing.svg, />96 more VPCs</);
  });
});

/** Runs in the browser. */
const FAULTS = `(text) => {
  const file = new DOMParser().parseFromString(text, "image/svg+xml");
  const broken = file.querySelector("parsererror");
  if (broken !== null) return [broken.textContent];
  document.body.append(document.importNode(file.documentElement, true));
  const drawn = ["svg", "title", "style", "g", "rect", "path", "polygon", "text"];
  const all = [...document.querySelectorAll("svg *")];
  const handles = ({ attributes }) => [...attributes].some(({ name }) => /^on|href/.test(name));
  const foreign = all.filter((one) => !drawn.includes(one.tagName) || handles(one));
  const leaves = (one) => {
    const shape = one.parentElement.querySelector(":scope > rect");
    if (shape === null) return false;
    const [inner, outer] = [one.getBBox(), shape.getBBox()];
    return (
      inner.x < outer.x ||
      inner.x + inner.width > outer.x + outer.width ||
      inner.y + inner.height > outer.y + outer.height + 2
    );
  };
  return [
    ...foreign.map((one) => one.outerHTML.slice(0, 80)),
    ...all.filter((one) => one.tagName === "text" && leaves(one)).map((one) => one.textContent + " leaves its rectangle"),
  ];
}`;

describeWith(["chromium"], "The architecture picture in a browser", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await startChromium();
    page = await browser.newPage();
  });
  after(() => browser.close());

  /** The faults in a drawing: texts that leave their rectangle, and elements that the report never draws. */
  async function faultsOf({ svg }: Drawing): Promise<string[]> {
    await page.setContent("<!doctype html><body></body>");
    return page.evaluate<string[]>(`(${FAULTS})(${JSON.stringify(svg)})`);
  }

  it("keeps the texts of dev and prod within their boxes, with the installed fonts", async () => {
    for (const stack of ["dev", "prod"])
      assert.deepEqual(await faultsOf(await draw(await previewed([stack]))), [], stack);
  });

  it("shows hostile names as plain text", async () => {
    const vpc = declared("aws:ec2/vpc:Vpc", HOSTILE[0] as string, { cidrBlock: HOSTILE[1] as string });
    const resources = HOSTILE.flatMap((name, index) => [
      declared("aws:ec2/subnet:Subnet", `${name}${index}`, { availabilityZone: name }, { vpcId: [vpc] }),
      declared(
        index % 2 === 0 ? "aws:lambda/function:Function" : "aws:s3/bucket:Bucket",
        name,
        { runtime: name },
        index > 4 ? { environment: [vpc] } : {},
      ),
      declared(`aws:${/^\w+$/.test(name) ? name : "sqs"}/queue${index}:Queue`, name),
    ]);
    const drawing = await draw([vpc, ...resources]);
    assert.deepEqual(await faultsOf(drawing), []);
    assert.match(drawing.svg, />&lt;script&gt;alert\(1\)&lt;\/script&gt;</);
    // Only what Mermaid's grammar allows: arrows, subgraphs, and texts in quotation marks that contain none.
    for (const line of drawing.mermaid.trimEnd().split("\n").slice(1))
      assert.match(line, /^ +(subgraph )?n\d+(\["[^"<>`[\]]*(<br>[^"<>`[\]]*)*"\])?$|^ +end$|^ +n\d+ \S+(\|"[^"|<>`]*"\|)? n\d+$/); // prettier-ignore
  });
});
