import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";

import { RELEASE_COMMAND_SCRIPT } from "../../../components/fleet/boot/release-command";
import { renderUserData, type UserDataArgs } from "../../../components/fleet/user-data";
import { archive, Instance } from "../../support/instance";
import { describeWith } from "../../support/programs";
import { store } from "../../support/user-data";

const UNIT = "/etc/systemd/system/store-release.service";
const IMAGE = `public.ecr.aws/shop/store@sha256:${"0123456789abcdef".repeat(4)}`;

/** Starts the unit as systemd does: runs its command in its folder, with its log; the only quoting is the shell's. */
const SYSTEMD = (unit: string): string => `
[[ $call == "systemctl start store-release.service" ]] || exit 0
line() { sed --quiet "s/^$1=//p" ${unit}; }
log=$(line StandardOutput); folder=$(line WorkingDirectory)
cd "\${folder:-/}"
eval "$(line ExecStart)" >> "\${log#append:}" 2>&1
status=$?
line ExecStopPost | while read -r after; do eval "\${after#-}"; done
(( status == 0 )) || echo "Job for store-release.service failed." >&2
exit $status`;

let instance: Instance;
beforeEach(() => (instance = new Instance()));
afterEach(() => instance.end());

const releaseCommand = (...command: readonly string[]) => ({ command, timeoutSeconds: 900 });
const unit = (): string[] => instance.read(UNIT).split("\n");
const run = () => instance.boot(RELEASE_COMMAND_SCRIPT.join("\n"));

/** Boots an instance with an archive whose bin/migrate is a script. */
function bootArtifact(script: string, changes: Partial<UserDataArgs> = {}): void {
  const file = instance.path("/artifact.tar.gz");
  archive(file, { "bin/migrate": script, "migrations/1.sql": "create table orders\n" });
  const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
  instance.answer("aws", `[[ $call == *s3api* ]] && cp ${file} "\${@: -1}"`);
  const application = { source: "artifact", bucket: "releases", key: "1.tar.gz", versionId: "" } as const;
  const { status, stderr } = instance.boot(
    renderUserData({
      ...store,
      application: { ...application, sha256, command: ["bin/server"] },
      releaseCommand: releaseCommand("bin/migrate", "up"),
      ...changes,
    }),
  );
  assert.equal(status, 0, stderr);
  instance.answer("systemctl", SYSTEMD(instance.path(UNIT)));
}

describeWith(["bash", "tar"], "The release command of an artifact", () => {
  it("runs in the archive's folder only when it is started, and returns its output", () => {
    bootArtifact('#!/bin/sh\necho "$1: $(cat migrations/*.sql)"\necho careful >&2\n');
    assert.ok(!instance.calls().some((call) => call.includes("store-release")), "user data has run it");
    const { status, stdout, stderr } = run();
    assert.equal(status, 0, stderr);
    assert.equal(stdout, "up: create table orders\ncareful\n");
    assert.equal(stderr, "");
  });

  it("reports its exit status, and repeats its last lines on stderr if it failed", () => {
    bootArtifact("#!/bin/sh\nseq 100\necho broken\nexit 7\n");
    const { status, stdout, stderr } = run();
    assert.equal(status, 7);
    assert.equal(stdout.split("\n").length, 102);
    assert.match(stderr, /^72\n[^]*\n100\nbroken\n$/m);
    assert.doesNotMatch(stderr, /^71$/m);
    assert.match(stderr, /Job for store-release\.service failed/);
  });

  it("starts a new log each time", () => {
    bootArtifact("#!/bin/sh\necho once\n");
    run();
    assert.equal(run().stdout, "once\n");
  });

  it("passes on its output as it comes", async () => {
    bootArtifact("#!/bin/sh\necho first\nwhile [ ! -e go ]; do /bin/sleep 0.01; done\necho second\n");
    const begun = instance.bootAsking(RELEASE_COMMAND_SCRIPT.join("\n"), await instance.metadata());
    await instance.until(() => instance.exists("/run/store/release.log"), "the log");
    await instance.until(() => instance.read("/run/store/release.log") === "first\n", "the first line");
    mkdirSync(instance.path("/opt/store/app/go"));
    assert.equal((await begun).stdout, "first\nsecond\n");
  });

  it("has the application's user, sandbox and variables, and its own timeout", () => {
    bootArtifact("#!/bin/sh\n", { environment: { DATABASE: { value: "orders" } } });
    const lines = unit();
    const application = instance.read("/etc/systemd/system/store.service").split("\n");
    const own = ["Type=oneshot", "User=store", "TimeoutStartSec=900"];
    for (const line of [...own, `StandardOutput=append:${instance.path("/run/store/release.log")}`])
      assert.ok(lines.includes(line), `${line} is not in\n${lines.join("\n")}`);
    assert.ok(lines.indexOf("TimeoutStartSec=infinity") < lines.indexOf("TimeoutStartSec=900"));
    const itsOwn = /^(Description|ExecStart|Restart|RestartSec|StartLimitIntervalSec|WantedBy)=|^\[Install\]/;
    assert.deepEqual(
      application.filter((line) => !itsOwn.test(line) && !lines.includes(line)),
      [],
    );
    assert.ok(!lines.some((line) => /^(Restart|WantedBy)=/.test(line)), "systemd would start it by itself");
  });
});

describeWith(["bash"], "The release command of a container", () => {
  it("runs the same image with the same variables as the store's container, and leaves no container behind", () => {
    const { status, stderr } = instance.boot(
      renderUserData({
        ...store,
        application: { source: "container", image: IMAGE, command: ["serve"] },
        environment: { DATABASE: { value: "orders" } },
        releaseCommand: releaseCommand("migrate", "up"),
      }),
    );
    assert.equal(status, 0, stderr);
    instance.answer("systemctl", SYSTEMD(instance.path(UNIT)));
    // The stub is on PATH, and not at Docker's path.
    const rendered = instance.read(UNIT).replaceAll("/usr/bin/docker", "docker");
    instance.boot(`cat > ${UNIT} <<'END'\n${rendered}END\n`);
    instance.answer("docker", `[[ $call != *"docker run"* ]] || echo migrated`);
    const before = instance.calls().length;
    assert.equal(run().stdout, "migrated\n");
    const [, started = "", removed] = instance.calls().slice(before);
    assert.match(started, new RegExp(`^docker run --rm --name store-release .* ${IMAGE} migrate up$`));
    assert.match(started, / --env DATABASE .*--user 10001:10001 --read-only .*--cap-drop ALL/);
    assert.doesNotMatch(started, /--publish/);
    assert.equal(removed, "docker rm --force store-release");
  });
});

describe("A release command for an application without one", () => {
  it("is rejected", () =>
    assert.throws(
      () => renderUserData({ ...store, releaseCommand: releaseCommand("true") }),
      /A release command needs an artifact or a container: set application\.source/,
    ));
});
