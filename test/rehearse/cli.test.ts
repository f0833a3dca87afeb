import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixture, pack, programOf, rehearse } from "../support/rehearse";

describe("the command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "rehearse-cli-"));
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const programIn = (text: string): string => {
    file("Pulumi.yaml", text);
    return folder;
  };
  const oneBucket = ["--program", fixture("one-bucket"), "--policy-pack", pack("allows")];
  const typed = ["dev", "--program", fixture("typed-config"), "--policy-pack", pack("allows")];
  const packConfig = (...files: string[]): string[] => [
    "dev",
    "--program",
    fixture("one-bucket"),
    "--policy-pack",
    pack("configurable"),
    ...files.flatMap((name) => ["--policy-pack-config", join(pack("configurable"), name)]),
  ];

  it("prints its usage for --help and runs nothing", async () => {
    const { status, stdout, stderr } = await rehearse(["--help"], {});
    assert.equal(status, 0);
    assert.match(stdout, /--policy-pack-config FILE/);
    assert.equal(stderr, "");
  });

  /** Wrong usage: the arguments, and the expected content of the single message. */
  const faults: Record<string, { args: () => string[]; says: readonly RegExp[] }> = {
    "an unknown option": { args: () => ["--stakc", "dev"], says: [/--stakc/, /--help/] },
    "an unknown mode": { args: () => ["--mode", "down"], says: [/"down"/, /preview, up or both/] },
    "a time-out that is no number": {
      args: () => ["--timeout", "soon"],
      says: [/"soon"/, /whole number of seconds/],
    },
    "a folder without a program": {
      args: () => ["--program", join(folder, "none")],
      says: [/no Pulumi\.yaml in/, /--program/],
    },
    "a stack without a file": {
      args: () => ["nope", ...oneBucket],
      says: [/Pulumi\.nope\.yaml doesn't exist/],
    },
    "a program that Bun is to run": {
      args: () => ["--program", programIn("name: shop\nruntime: bun\n")],
      says: [/runtime is the string "bun"; the rehearsal runs Node\.js only/],
    },
    "a program without a stack file that needs configuration": {
      args: () => [
        "--program",
        programIn("name: shop\nruntime: nodejs\nconfig: { size: { type: integer } }\n"),
      ],
      says: [/stack dev, which has no stack file:\n.* missing configuration value 'size' \(integer\)/],
    },
    "a stack file that isn't YAML": {
      args: () => ["dev", ...oneBucket, "--config-file", file("broken.yaml", "config: [\n")],
      says: [/broken\.yaml isn't valid YAML/],
    },
    "a stack file with tabs": {
      args: () => ["dev", ...oneBucket, "--config-file", file("tabs.yaml", "config:\n\taws:region: a\n")],
      says: [/tabs\.yaml isn't valid YAML: Tabs are not allowed .* line 2, column 1; indent with spaces\n/],
    },
    "a git ref for a program outside of git": {
      args: () => ["dev", "--program", programOf(""), "--against", "HEAD"],
      says: [/--against is "HEAD"; .* wrote, and \S+ is not in a git repository\n/],
    },
    "a stack file with a fault in a line that holds a secret": {
      args: () => [
        "dev",
        ...oneBucket,
        "--config-file",
        file("secret.yaml", 'config: { "a:b": "hunter2" x }\n'),
      ],
      says: [/secret\.yaml isn't valid YAML: [^\n]* at line 1, column 28\s*$/],
    },
    "a stack file that is a list": {
      args: () => ["dev", ...oneBucket, "--config-file", file("list.yaml", "- one\n")],
      says: [/list\.yaml must be a mapping/, /a list/],
    },
    "configuration of the wrong types, every fault at once": {
      args: () => [...typed, "--config-file", join(fixture("typed-config"), "wrong-types.yaml")],
      says: [
        /key count must be of type integer, but is 3\.5/,
        /enabled must be of type boolean/,
        /zones must be of type array<string>/,
        /missing configuration value 'sizes'/,
      ],
    },
    "missing configuration, every key at once": {
      args: () => [...typed, "--config-file", file("empty.yaml", "")],
      says: [
        /'count' \(integer\)/,
        /'enabled' \(boolean\)/,
        /'sizes'/,
        /'zones' \(array<string>\)/,
        /pulumi config set count VALUE/,
      ],
    },
    "more stacks than stack files": {
      args: () => [
        "dev",
        "prod",
        ...oneBucket,
        "--config-file",
        join(fixture("one-bucket"), "Pulumi.dev.yaml"),
      ],
      says: [/2 stack\(s\) and 1 --config-file\(s\)/],
    },
    "a stack named twice": { args: () => ["dev", "dev", ...oneBucket], says: [/stack dev is named twice/] },
    "an export of several stacks": {
      args: () => [...oneBucket, "--export", join(folder, "state.json")],
      says: [/--export writes the state of one stack, but 2 are rehearsed/],
    },
    "an export into a folder that isn't there": {
      args: () => ["dev", ...oneBucket, "--export", join(folder, "no", "state.json")],
      says: [/doesn't exist/],
    },
    "answers with every fault of the file": {
      args: () => ["dev", ...oneBucket, "--answers", join(fixture("unanswered-invoke"), "bad-answers.json")],
      says: [
        /stackReference is not one of its parts; the parts are invokes, stackReferences, environments\. Did you mean stackReferences\?/,
        /invokes\["aws:ssm\/getParameter:getParameter"\] must be a list/,
      ],
    },
    "answers that aren't there": {
      args: () => ["dev", ...oneBucket, "--answers", join(folder, "none.json")],
      says: [/answers file .*none\.json doesn't exist/],
    },
    "a policy pack that isn't there": {
      args: () => ["dev", "--program", fixture("one-bucket"), "--policy-pack", folder],
      says: [/no policy pack in .*PulumiPolicy\.yaml/],
    },
    "policy levels that don't exist, every one at once": {
      args: () => packConfig("bad-level.json"),
      says: [
        /name-length has the level "sometimes"/,
        /content has the level "never"/,
        /advisory, mandatory, remediate, disabled/,
      ],
    },
    "policy configuration against the policy's schema, every fault at once": {
      args: () => packConfig("bad-values.json"),
      says: [/name-length: most must be integer/, /name-length: mood must be/],
    },
    "policies and properties that the pack doesn't have, every one at once": {
      args: () => [
        ...packConfig(),
        "--policy-pack-config",
        file("misnamed.json", '{ "name-lenght": "advisory", "name-length": { "moost": 3 } }'),
      ],
      says: [
        /there is no policy "name-lenght"; the policies are content, name-length\. Did you mean name-length\?/,
        /name-length has no property "moost"; the properties of this policy are mood, most\. Did you mean most\?/,
      ],
    },
    "a configuration of policies that isn't there, with those that are": {
      args: () => packConfig("stict.json"),
      says: [
        /policy pack configuration .*stict\.json doesn't exist; the \.json files there are all-disabled\.json, .*, strict\.json\. Did you mean strict\.json\?/,
      ],
    },
    "a stack file that isn't there, with those that are": {
      args: () => ["dev", ...oneBucket, "--config-file", join(fixture("typed-config"), "wrong-type.yml")],
      says: [
        /wrong-type\.yml doesn't exist; the \.yaml files there are .*wrong-types\.yaml\. Did you mean wrong-types\.yaml\?/,
      ],
    },
    "a file in a folder that isn't there": {
      args: () => ["dev", ...oneBucket, "--answers", join(folder, "no", "answers.json")],
      says: [/answers file .*answers\.json doesn't exist; there is no folder .*rehearse-cli-\w+\/no\.\n/],
    },
    "a folder where a file belongs": {
      args: () => ["dev", ...oneBucket, "--answers", folder],
      says: [/answers file .* is a folder; it must be a file/],
    },
    "a pack's folder that isn't there, with the packs beside it": {
      args: () => ["dev", "--program", fixture("one-bucket"), "--policy-pack", pack("alows")],
      says: [
        /no policy pack in .*alows: it doesn't exist; the packs beside it are .*\. Did you mean allows\?/,
      ],
    },
    "a program's folder that isn't there, with the programs beside it": {
      args: () => ["dev", "--program", fixture("one-bukcet")],
      says: [
        /no Pulumi\.yaml in .*one-bukcet: .*; the programs beside it are .*\. Did you mean one-bucket\?/,
      ],
    },
    "more policy configurations than packs": {
      args: () => packConfig("strict.json", "strict.json"),
      says: [/1 policy pack\(s\) and 2 --policy-pack-config\(s\)/],
    },
  };

  for (const [fault, { args, says }] of Object.entries(faults)) {
    it(`refuses ${fault}, with status 2 and no stack trace`, async () => {
      const { status, stdout, stderr } = await rehearse(args());
      assert.equal(status, 2, stderr);
      assert.equal(stdout, "");
      for (const text of says) assert.match(stderr, text);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });
  }

  it("reports every error of a command line at once", async () => {
    const { status, stderr } = await rehearse([
      "--mode",
      "down",
      "--timeout",
      "0",
      "--budget",
      "much",
      "--allow-unjudged",
      "ecr",
      "--junit",
      join(folder, "none", "report.xml"),
      "--program",
      fixture("one-bucket"),
      "--policy-pack",
      pack("none"),
      "--against",
      "nowhere",
      "--what-if",
      "size",
    ]);
    assert.equal(status, 2);
    for (const option of ["mode", "timeout", "budget", "allow-unjudged", "junit", "against", "what-if"])
      assert.match(stderr, new RegExp(`--${option}`));
    assert.match(stderr, /no policy pack in/);
  });

  it("gives a program without stack files an empty configuration, and says so", async () => {
    const program = programOf("");
    rmSync(join(program, "Pulumi.dev.yaml"));
    const { status, stdout, stderr } = await rehearse([
      "--program",
      program,
      "--policy-pack",
      pack("allows"),
    ]);
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /warning: the program has no stack file, so dev has an empty configuration: create Pulumi\.dev\.yaml/,
    );
  });

  it("resolves paths from where npm was called, not from where it runs", async () => {
    const env = { INIT_CWD: fixture("one-bucket"), npm_lifecycle_event: "rehearse" };
    const { status, stderr } = await rehearse(["nope", "--program", "."], { env });
    assert.equal(status, 2);
    assert.match(stderr, /fixtures\/one-bucket\/Pulumi\.nope\.yaml doesn't exist/);
  });
});
