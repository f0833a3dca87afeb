import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandOf, listeningAddresses, processesWith } from "../support/processes";
import { fixture, pack, rehearse, ROOT, startRehearsal } from "../support/rehearse";

const hangingProgram = ["dev", "--program", fixture("hangs"), "--policy-pack", pack("allows")];
const hangingPack = ["dev", "--program", fixture("one-bucket"), "--policy-pack", pack("hangs")];
/** Long enough for the program and the pack to start on a busy machine. */
const TIMEOUT_SECONDS = 20;

let marks = 0;
/** A variable that the rehearsal passes on to all its descendants, which identifies them. */
function newMark(): string {
  return `${process.pid}-${++marks}`;
}

async function eventually<T>(what: string, look: () => T | undefined): Promise<T> {
  for (const started = Date.now(); Date.now() - started < 60_000; await sleep(100)) {
    const found = look();
    if (found !== undefined) return found;
  }
  throw new Error(`waited for ${what} for more than a minute`);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

describe("a rehearsal", () => {
  before(function () {
    if (process.platform !== "linux") this.skip();
  });

  it("stops a program that hangs, names its last step, and leaves no process behind", async () => {
    const mark = newMark();
    const args = [...hangingProgram, "--timeout", String(TIMEOUT_SECONDS)];
    const { status, stdout } = await rehearse(args, { env: { HANG_MARK: mark } });
    assert.equal(status, 3);
    const message = `the program did not finish in ${TIMEOUT_SECONDS} s (preview) and was stopped`;
    assert.ok(stdout.includes(`error: ${message}: its last step was aws:s3/bucket:Bucket reached`), stdout);
    assert.match(stdout, /--timeout SECONDS/);
    assert.deepEqual(processesWith("HANG_MARK", mark).map(commandOf), []);
  });

  it("stops a pack that hangs, names the resource that it was judging, and leaves no process behind", async () => {
    const mark = newMark();
    const args = [...hangingPack, "--timeout", String(TIMEOUT_SECONDS)];
    const { status, stdout } = await rehearse(args, { env: { HANG_MARK: mark } });
    assert.equal(status, 3);
    assert.match(stdout, /policy pack .*hangs gave no answer about aws:s3\/bucket:Bucket bucket in time/);
    assert.doesNotMatch(stdout, /the program did not finish/);
    assert.deepEqual(processesWith("HANG_MARK", mark).map(commandOf), []);
  });

  it("ends on a SIGINT that arrives while its own program loads", async () => {
    const options = `--require ${join(ROOT, "test/support/interrupt-while-loading.cjs")}`;
    const { status, stdout } = await rehearse(hangingProgram, { env: { NODE_OPTIONS: options } });
    assert.equal(status, 130, stdout);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`listens on loopback only, and on ${signal} leaves no process, port or file behind`, async () => {
      const mark = newMark();
      const folder = mkdtempSync(join(tmpdir(), "rehearse-interrupt-"));
      const { child, ended } = startRehearsal([...hangingProgram, "--json"], {
        env: { HANG_MARK: mark, TMPDIR: folder },
      });
      try {
        const sleeper = `setInterval(() => {}, 1000) ${mark}`;
        await eventually("the program's own child", () =>
          processesWith("HANG_MARK", mark).find((pid) => commandOf(pid).includes(sleeper)),
        );
        const addresses = processesWith("HANG_MARK", mark).flatMap(listeningAddresses);
        // The engine and the pack; a program also listens if it provides transforms.
        assert.ok(addresses.length >= 2, addresses.join(", "));
        for (const address of addresses) {
          assert.match(
            address,
            /^(0100007F|0{24}01000000|0{16}FFFF00000100007F):/,
            "listens beyond loopback",
          );
        }

        const interrupted = performance.now();
        child.kill(signal);
        const { status, stdout } = await ended;
        assert.ok(performance.now() - interrupted < 1000);
        assert.equal(status, signal === "SIGINT" ? 130 : 143);
        assert.equal(stdout, "");
        await eventually("the end of every process", () =>
          processesWith("HANG_MARK", mark).length === 0 ? true : undefined,
        );
        for (const address of addresses) {
          const port = parseInt(address.split(":")[1] ?? "", 16);
          assert.equal(await isOpen(port), false, `port ${port} is still open`);
        }
        // Compilation caches of tsx and ts-node are kept on purpose.
        const left = readdirSync(folder).filter((name) => !/^(tsx|ts-node)-|^node-compile-cache$/.test(name));
        assert.deepEqual(left, []);
      } finally {
        child.kill("SIGKILL");
        for (const pid of processesWith("HANG_MARK", mark)) process.kill(pid, "SIGKILL");
        rmSync(folder, { recursive: true });
      }
    });
  }

  for (const name of ["hangs", "spins"]) {
    it(`leaves no process behind if it is killed while its pack ${name}`, async () => {
      const mark = newMark();
      const args = ["dev", "--program", fixture("one-bucket"), "--policy-pack", pack(name), "--json"];
      const { child, ended } = startRehearsal(args, { env: { HANG_MARK: mark } });
      try {
        await eventually("the pack", () =>
          processesWith("HANG_MARK", mark).find((pid) => commandOf(pid).includes("run-policy-pack")),
        );
        await sleep(3000); // Until the pack is asked about the bucket.
        child.kill("SIGKILL");
        await ended;
        await eventually("the end of every process", () =>
          processesWith("HANG_MARK", mark).length === 0 ? true : undefined,
        );
      } finally {
        for (const pid of processesWith("HANG_MARK", mark)) process.kill(pid, "SIGKILL");
      }
    });
  }
});
