import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import type { Resource } from "../../packages/rehearse/engine/resource";
import { ROOT_TYPE } from "../../packages/rehearse/engine/urn";
import { writeReport } from "../../packages/rehearse/page";
import type { Rehearsal } from "../../packages/rehearse/rehearsal";
import { startChromium } from "../support/chromium";
import { describeWith } from "../support/programs";
import { fixture, pack, programOf, rehearseWarm, type Run } from "../support/rehearse";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Markup that a browser would run if the report didn't escape it. */
const TRAP = `"><img src=x onerror="window.trapped=1"></title></script><script>window.trapped=1</script>&amp;\u202e`;

const SECRETS = ["hunter2-in-an-input", "hunter3-in-the-tags", "hunter4-in-an-output"];

/** A program with hostile names and with secrets, in two stacks. */
const HOSTILE = programOf(`
const pulumi = require("@pulumi/pulumi");
const trap = ${JSON.stringify(TRAP)};
const bucket = new aws.s3.Bucket("shop" + trap, { bucket: "shop-hostile", tags: { owner: trap, token: pulumi.secret("hunter3-in-the-tags") } });
new aws.ssm.Parameter("key", { type: "SecureString", name: "/key", value: pulumi.secret("hunter2-in-an-input") });
new aws.ssm.Parameter("plain", { type: "String", name: "/plain", value: "hunter2-in-an-input", description: trap });
const group = new aws.autoscaling.Group("fleet" + trap, {
  minSize: 2, maxSize: 4, vpcZoneIdentifiers: ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"],
  launchTemplate: { id: "lt-0a1b2c3d4e5f60718" },
  targetGroupArns: ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef"],
});
new aws.autoscaling.Policy("follow", { autoscalingGroupName: group.name, policyType: "TargetTrackingScaling",
  targetTrackingConfiguration: { targetValue: 50, predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" } } });
new aws.lb.Listener("http", { loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188",
  port: 80, protocol: "HTTP", defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/html", messageBody: trap } }] });
exports.note = trap;
exports.secret = pulumi.secret("hunter4-in-an-output");
`);
writeFileSync(join(HOSTILE, "Pulumi.other.yaml"), "config:\n  aws:region: eu-west-1\n");

describe("rehearse --report", () => {
  const root = mkdtempSync(join(tmpdir(), "report-"));
  const at = (...parts: string[]): string => join(root, ...parts);
  const read = (...parts: string[]): string => readFileSync(at(...parts), "utf8");
  const runs = new Map<string, Run>();
  const report = async (name: string, ...args: string[]): Promise<Run> => {
    const run = await rehearseWarm([...args, "--report", at(name)]);
    runs.set(name, run);
    return run;
  };

  before(async () => {
    process.env["SOURCE_DATE_EPOCH"] = "1795910400";
    await report("prod", "prod");
    await report("hostile", "dev", "other", "--program", HOSTILE);
  });
  after(() => {
    delete process.env["SOURCE_DATE_EPOCH"];
    rmSync(root, { recursive: true });
  });

  it("writes a page, Markdown and pictures for prod, in less than 1 MB", () => {
    const { status, stderr } = runs.get("prod") as Run;
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^Report: .*index\.html$/m);
    const pictures = [
      "architecture",
      ...["all", "instanceLost", "planned", "zoneLost"].map((one) => `peak-web-store-fleet-${one}`),
    ];
    assert.deepEqual(
      readdirSync(at("prod")).sort(),
      [
        "index.html",
        ...pictures.flatMap((name) => [`prod-${name}.png`, `prod-${name}.svg`]),
        "report.md",
      ].sort(),
    );
    assert.ok(statSync(at("prod", "index.html")).size < 1_000_000);
    for (const name of pictures)
      assert.equal(
        readFileSync(at("prod", `prod-${name}.png`))
          .subarray(1, 4)
          .toString(),
        "PNG",
      );
    assert.match(
      read("prod", "report.md"),
      /^\*\*Verdict:\*\* allowed [^]*^```mermaid\nflowchart [^]*^\| compute \| \$\d/m,
    );
    assert.match(read("prod", "index.html"), /Made by rehearse \d+\.\d+\.\d+ on 2026-11-29:/);
  });

  it("shows no secret in any file, however it is encoded", () => {
    const { status, stdout } = runs.get("hostile") as Run;
    assert.equal(status, 1, stdout);
    const files = readdirSync(at("hostile"));
    assert.ok(files.length > 10);
    for (const file of files) {
      const bytes = readFileSync(at("hostile", file)).toString("latin1");
      for (const secret of SECRETS) assert.ok(!bytes.includes(secret), `${file} shows ${secret}`);
    }
    assert.match(read("hostile", "index.html"), /\[secret\]/);
  });

  it("escapes names and values in every file", () => {
    for (const file of readdirSync(at("hostile")).filter((name) => !name.endsWith(".png")))
      assert.doesNotMatch(read("hostile", file), /<img|<script>window/, file);
  });

  it("writes the same bytes for the same program and day", async () => {
    await report("again", "dev", "other", "--program", HOSTILE);
    for (const file of readdirSync(at("hostile")))
      assert.deepEqual(readFileSync(at("again", file)), readFileSync(at("hostile", file)), file);
  });

  it("keeps other files in the folder", async () => {
    const program = programOf("");
    writeFileSync(at("again", "notes.txt"), "mine");
    const { status } = await report("again", "--program", program);
    assert.equal(status, 0);
    assert.equal(read("again", "notes.txt"), "mine");
    assert.match(read("again", "index.html"), /AWS charges nothing for it/);
  });

  it("states why a program failed, and shows none of its resources", async () => {
    const { status } = await report(
      "failed",
      "dev",
      "--program",
      fixture("duplicate-urn"),
      "--policy-pack",
      pack("repeats-values"),
    );
    assert.equal(status, 3);
    assert.match(read("failed", "index.html"), /Failed[^]*The result up to that point is incomplete/);
    assert.deepEqual(readdirSync(at("failed")).sort(), ["index.html", "report.md"]);
    assert.doesNotMatch(read("failed", "index.html"), /id="s1-resources"/);
  });

  it("refuses a folder that is a file, or lies in one", async () => {
    writeFileSync(at("file"), "");
    for (const path of [at("file"), at("file", "deeper", "still")]) {
      const { status, stderr } = await rehearseWarm(["dev", "--report", path]);
      assert.equal(status, 2);
      assert.match(
        stderr,
        /^rehearse: --report .*file.*: .*file is a file; name a folder, which is created if it doesn't exist$/m,
      );
    }
  });

  it("shows changes, with --against, and exemptions", async () => {
    const state = at("state.json");
    await rehearseWarm(["dev", "--program", fixture("plain-http"), "--export", state]);
    writeFileSync(state, readFileSync(state, "utf8").replaceAll('"port": 80', '"port": 81'));
    const exempt = "urn:pulumi:dev::plain-http::aws:lb/listener:Listener::http";
    const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const config = { "tls-listeners": { exemptions: [{ urn: exempt, reason: "Ada's <scanner>", expires }] } };
    writeFileSync(at("config.json"), JSON.stringify(config));
    const { stdout } = await report(
      ...(["against", "dev", "--program", fixture("plain-http"), "--against", state] as const),
      "--policy-pack",
      "policies",
      "--policy-pack-config",
      at("config.json"),
    );
    const page = read("against", "index.html").replace(/\s+/g, " ").replaceAll("> <", "><");
    assert.match(
      page,
      /id="s1-changes".*Compared with state\.json.*0 to create, \d to change, \d to replace/,
      stdout,
    );
    assert.match(page, /class="tag (update|replace)"[^]*port: 81 → 80/);
    assert.match(page, new RegExp(`<td>${expires}</td><td>Ada&#39;s &lt;scanner&gt;</td>`));
    // The policies' results: one policy fails, one finding is exempt.
    assert.match(
      page,
      /AWS Foundational Security Best Practices 1\.0\.0: \d+ requirements ?<span class="aside" ?>[1-9]/,
    );
    assert.match(page, /<th scope="row">ELB\.6<\/th><td><span class="state finding">/);
    assert.match(page, /<th scope="row">ACM\.2<\/th><td><span class="state clean">/);
  });

  it("shows two thousand resources, with as many properties as a page holds", async () => {
    const urn = (name: string, type: string): string => `urn:pulumi:many::shop::${type}::${name}`;
    const stack = urn("shop-many", ROOT_TYPE);
    const resource = (name: string, type: string, parent: string): Resource => ({
      urn: urn(name, type),
      name,
      type,
      parent,
      custom: parent !== "",
      external: false,
      id: "",
      provider: "",
      inputs: { tags: { note: `${name} `.repeat(40) } },
      outputs: {},
      dependencies: [],
      propertyDependencies: {},
      protect: false,
      retainOnDelete: false,
      deletedWith: "",
      deleteBeforeReplace: undefined,
      importId: "",
      ignoreChanges: [],
      replaceOnChanges: [],
      replaceWith: [],
      additionalSecretOutputs: [],
      aliases: [],
      replacementTrigger: "",
      defaults: [],
      pendingDeletion: false,
      taint: false,
      pendingReplacement: false,
      initErrors: [],
      customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
    });
    const buckets = Array.from({ length: 2000 }, (_, index) =>
      resource(`bucket-${index}`, "aws:s3/bucket:Bucket", stack),
    );
    const rehearsal: Rehearsal = {
      stack: "many",
      mode: "preview",
      verdict: "clean",
      refusedSettings: false,
      seconds: 1,
      resources: [resource("shop-many", ROOT_TYPE, ""), ...buckets],
      outputs: {},
      findings: [],
      diagnostics: [],
      printed: [],
      packs: [],
      unjudged: [],
    };
    const one = { rehearsal, cost: undefined, diff: undefined };
    await writeReport(at("many"), { project: "shop", now: 0, stacks: [one], against: undefined, peak: {} });
    const page = read("many", "index.html");
    assert.equal(page.match(/class="resource"/g)?.length, 2001);
    assert.match(page, /Properties of some resources are left out/);
    assert.ok(page.length < 4_000_000);
  });

  describeWith(["chromium"], "in a browser", () => {
    let browser: Browser;
    before(async () => (browser = await startChromium()));
    after(() => browser.close());

    /** Opens a report; an error in the browser's console, or a request to any server, fails the test. */
    const open = async (
      name: string,
      options: BrowserContextOptions,
      look: (page: Page) => Promise<void>,
    ): Promise<void> => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      try {
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on("console", (message) => complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(error.message));
        page.on("request", (request) => {
          if (!request.url().startsWith("file:")) complaints.push(request.url());
        });
        await page.goto(pathToFileURL(at(name, "index.html")).href);
        await look(page);
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    };

    /** Accessibility violations. */
    const barriers = async (page: Page): Promise<string[]> => {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
          resultTypes: ["violations"],
        }),
      );
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    };

    it("has no accessibility barriers, in light mode with everything unfolded, and in dark mode", async () => {
      await open("hostile", { colorScheme: "light" }, async (page) => {
        // Without the longest tables, whose rows are alike.
        await page.evaluate(
          "for (const one of document.querySelectorAll('#s1 details')) one.open = one.querySelectorAll('*').length < 400",
        );
        assert.deepEqual(await barriers(page), []);
      });
      await open("prod", { colorScheme: "dark" }, async (page) => assert.deepEqual(await barriers(page), []));
    });

    it("is as wide as its window, from 320 pixels to 2560", () =>
      open("prod", {}, async (page) => {
        for (const width of [320, 768, 2560]) {
          await page.setViewportSize({ width, height: 800 });
          const wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
          assert.equal(await page.evaluate(wide), 0, `${width} pixels`);
        }
      }));

    it("runs no script in a name or a value", () =>
      open("hostile", {}, async (page) => {
        assert.equal(await page.evaluate("window.trapped"), undefined);
        assert.equal(await page.locator("img, iframe, script:not(body > script)").count(), 0);
        assert.ok((await page.getByText('<img src=x onerror="window.trapped=1">').count()) > 3);
      }));

    it("leads from a box to its resources and findings, and back, with the keyboard only", () =>
      open("hostile", {}, async (page) => {
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        assert.equal(await page.evaluate("document.activeElement.id"), "content");
        const box = page
          .locator(
            "#s1 .drawing .box[data-urns*='loadBalancer'], #s1 .drawing .box[data-urns*='autoscaling/group']",
          )
          .first();
        await box.focus();
        await page.keyboard.press("Enter");
        const panel = page.locator("#s1 .panel");
        await panel.getByText("several-instance-types").waitFor();
        await panel.getByRole("link").first().focus();
        await page.keyboard.press("Enter");
        const row = page.locator("#s1 .resource[open]");
        await row.getByText("launchTemplate", { exact: true }).waitFor();
        const show = page
          .locator("#s1 .finding")
          .getByRole("button", { name: "Show in the drawing" })
          .first();
        await show.focus();
        await page.keyboard.press("Enter");
        assert.match(
          String(await page.evaluate("document.activeElement.getAttribute('class')")),
          /\bbox\b.*\bchosen\b/,
        );
      }));

    it("shows one stack at a time, and finds resources by a word", () =>
      open("hostile", {}, async (page) => {
        const [first, second] = [page.locator("#s1"), page.locator("#s2")];
        assert.deepEqual([await first.isVisible(), await second.isVisible()], [true, false]);
        await page
          .getByRole("navigation", { name: "Stacks" })
          .getByRole("link", { name: "other" })
          .press("Enter");
        await second.waitFor();
        assert.equal(await first.isVisible(), false);
        await second.getByLabel("Show those with").fill("ssm/");
        await second.getByText("2 of 7", { exact: true }).waitFor();
        assert.equal(await second.locator(".resource:visible").count(), 2);
      }));

    it("is complete without its script, and on paper", async () => {
      await open("hostile", { javaScriptEnabled: false }, async (page) => {
        for (const id of ["#s1", "#s2", "#s1-resources", "#s2-policies"])
          assert.ok(await page.locator(id).isVisible(), id);
        assert.equal(await page.getByLabel("Show those with").first().isVisible(), false);
      });
      await open("hostile", { colorScheme: "dark" }, async (page) => {
        await page.emulateMedia({ media: "print" });
        await page.evaluate("dispatchEvent(new Event('beforeprint'))");
        assert.ok(await page.locator("#s2").isVisible());
        assert.equal(
          await page.evaluate("getComputedStyle(document.body).backgroundColor"),
          "rgb(255, 255, 255)",
        );
      });
    });
  });
});
