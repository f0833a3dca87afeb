import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";

import { Progress } from "../../packages/rehearse/report/progress";
import { styles, wantsColour } from "../../packages/rehearse/report/style";
import { fixture, pack, programOf, rehearse, rehearseHere } from "../support/rehearse";
import { WARM } from "../support/warm-host";

const ESCAPE = "\u001b";

/** The width of a line in a terminal: two columns for a Chinese character, none for colour codes. */
function columnsOf(line: string): number {
  const characters = [...stripVTControlCharacters(line)];
  return characters.reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0);
}

const words = (text: string): string => stripVTControlCharacters(text).replace(/[\s│├└─]+/g, " ");

describe("the text report on a terminal", () => {
  const { NO_COLOR, TERM } = process.env;
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  beforeEach(() => {
    set("NO_COLOR", undefined);
    set("TERM", "xterm-256color");
  });
  after(() => {
    set("NO_COLOR", NO_COLOR);
    set("TERM", TERM);
  });

  const program = programOf(`
    new aws.s3.Bucket("a-name-that-is-longer-than-a-narrow-terminal-has-columns-bad", { bucket: "long" });
    new aws.s3.Bucket("商品的图片和说明以及客户的评论和订单的历史记录bad", { bucket: "wide" });
    console.log("a line that the program prints, and which goes on for longer than most terminals are wide");
    exports.address = "https://shop.example.com/a/path/without/any/blank/in/it/that/is/longer/than/a/line";
  `);
  const args = ["dev", "--program", program, "--policy-pack", pack("judges-buckets")];

  for (const columns of [20, 41, 80])
    for (const more of [[], ["--tree"]])
      it(`keeps every line within ${columns} columns, wide characters and colours included${more.map((option) => `, ${option}`).join("")}`, async () => {
        const { stdout, status } = await rehearseHere([...args, ...more], WARM, columns);
        assert.equal(status, 1);
        assert.ok(stdout.includes(ESCAPE));
        const wider = stdout.split("\n").filter((line) => columnsOf(line) > columns);
        assert.deepEqual(wider, []);
        if (columns < 80 || more.length > 0) assert.match(stripVTControlCharacters(stdout), /aws:.*…\n/);
      });

  it("wraps text between words, and loses none", async () => {
    const narrow = await rehearseHere(args, WARM, 62);
    const wide = await rehearseHere(args, WARM);
    const said = (stdout: string): string =>
      words(stdout.slice(stdout.indexOf("Diagnostics:"))).replace(/in [\d.]+ s $/, "");
    assert.match(said(wide.stdout), /is a bad name; choose a better one\. .*is\/longer\/than/s);
    const joined = (text: string): string => text.replaceAll(" ", "");
    assert.equal(joined(said(narrow.stdout)), joined(said(wide.stdout)));
    assert.match(
      stripVTControlCharacters(narrow.stdout),
      /历史记录bad\n {12}is a bad name; choose a better one\.\n/,
    );
  });

  it("wraps command line errors, too", async () => {
    const { status, stderr } = await rehearseHere(["dev", "--program", fixture("one-bukcet")], WARM, 40);
    assert.equal(status, 2);
    assert.deepEqual(
      stderr.split("\n").filter((line) => columnsOf(line) > 40),
      [],
    );
    assert.match(words(stderr), /Did you mean one-bucket\?/);
  });

  it("is unchanged if it fits, or if the width is unknown", async () => {
    const fits = await rehearseHere(args, WARM, 400);
    const untold = await rehearseHere(args, WARM, 0);
    const piped = await rehearseHere(args, WARM);
    const texts = [fits, untold, piped].map(({ stdout }) =>
      stripVTControlCharacters(stdout).replace(/in [\d.]+ s\n$/, ""),
    );
    assert.deepEqual(texts, [texts[2], texts[2], texts[2]]);
    assert.ok(!piped.stdout.includes(ESCAPE) && !piped.stdout.includes("…"));
  });

  it("is coloured", () => {
    assert.equal(wantsColour({ isTTY: true }), true);
    assert.equal(styles(true).bold("Resources:"), `${ESCAPE}[1mResources:${ESCAPE}[22m`);
    assert.equal(styles(false).bold("Resources:"), "Resources:");
  });

  it("has no colours with NO_COLOR, or on a dumb terminal", () => {
    set("NO_COLOR", "1");
    assert.equal(wantsColour({ isTTY: true }), false);
    set("NO_COLOR", undefined);
    set("TERM", "dumb");
    assert.equal(wantsColour({ isTTY: true }), false);
  });

  it("has a progress line of one row, which is erased at the end", () => {
    const written: string[] = [];
    const terminal = { isTTY: true, columns: 20, write: (text: string) => written.push(text) };
    const progress = new Progress(terminal);
    progress.show("dev (preview): 12 resources  aws:s3/bucket:Bucket assets");
    progress.show("商品的图片和说明以及");
    progress.clear();
    assert.deepEqual(written, ["\rdev (preview): 12 …", "\r商品的图片和说明以…", `\r${" ".repeat(19)}\r`]);
    const piped = new Progress({ ...terminal, isTTY: false });
    piped.show("dev (preview)");
    assert.equal(written.length, 3);
  });

  it("has no escape codes and no progress line in a pipe", async () => {
    const { stdout, stderr } = await rehearse([
      "dev",
      "--program",
      fixture("bad-and-good-buckets"),
      "--policy-pack",
      pack("judges-buckets"),
    ]);
    assert.ok(!stdout.includes(ESCAPE));
    assert.equal(stderr, "");
  });
});
