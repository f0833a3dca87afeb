import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import timers from "node:timers/promises";
import { commandOf, listeningAddresses, processesWith } from "../support/processes";
import {
  fixture,
  pack,
  rehearse,
  rehearseHere,
  ROOT,
  type Run,
  startRehearsal,
  withVariables,
} from "../support/rehearse";

const hangingProgram = ["dev", "--program", fixture("hangs"), "--policy-pack", pack("allows")];
const hangingPack = ["dev", "--program", fixture("one-bucket"), "--policy-pack", pack("hangs")];
const TIMEOUT_SECONDS = 600;
/** The real function, also while the clock is mocked. */
const sleep = timers.setTimeout;
const folder = mkdtempSync(join(tmpdir(), "lifecycle-"));
after(() => rmSync(folder, { recursive: true }));

let marks = 0;
/** A variable that the rehearsal passes on to all its descendants, which identifies them. */
function newMark(): string {
  return `${process.pid}-${++marks}`;
}

async function eventually<T>(what: string, look: () => T | undefined): Promise<T> {
  for (const started = performance.now(); performance.now() - started < 60_000; await sleep(20)) {
    const found = look();
    if (found !== undefined) return found;
  }
  throw new Error(`waited for ${what} for more than a minute`);
}

/** What the rehearsal hands on to the processes that hang. */
const variables = (mark: string) => ({ HANG_MARK: mark, HANG_FILE: join(folder, mark) });
/** Resolves once the program has registered its bucket, or the pack is asked about one. */
const untilHanging = (mark: string) =>
  eventually("the bucket", () => existsSync(variables(mark).HANG_FILE) || undefined);

/** Rehearses until the time limit, which passes as soon as the rehearsal hangs. */
async function untilLimit(args: readonly string[], mark: string): Promise<Run> {
  const limited = [...args, "--timeout", String(TIMEOUT_SECONDS)];
  const begun = Date.now();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: begun });
  try {
    let run: Run | undefined;
    const ended = withVariables(variables(mark), () => rehearseHere(limited)).then((end) => (run = end));
    await untilHanging(mark);
    mock.timers.tick((TIMEOUT_SECONDS - 5) * 1000);
    while (run === undefined) {
      // Fast up to the limits of program and pack, then as slowly as real time: the machine may be busy.
      mock.timers.tick(Date.now() - begun < (TIMEOUT_SECONDS + 2) * 1000 ? 100 : 5);
      await Promise.race([ended, sleep(5)]);
    }
    const seconds = (Date.now() - begun) / 1000;
    assert.ok(seconds >= TIMEOUT_SECONDS && seconds < TIMEOUT_SECONDS + 60, `${seconds} s`);
    return run;
  } finally {
    mock.timers.reset();
  }
}

/** Waits until no process has a mark: the system takes a moment to end those that are killed. */
const untilGone = (mark: string) =>
  eventually("the end of all processes", () => processesWith("HANG_MARK", mark).length === 0 || undefined);

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
    const { status, stdout } = await untilLimit(hangingProgram, mark);
    assert.equal(status, 3);
    const message = `the program did not finish in ${TIMEOUT_SECONDS} s (preview) and was stopped`;
    assert.ok(stdout.includes(`error: ${message}: its last step was aws:s3/bucket:Bucket reached`), stdout);
    assert.match(stdout, /--timeout SECONDS/);
    await untilGone(mark);
  });

  it("stops a pack that hangs, names the resource that it was judging, and leaves no process behind", async () => {
    const mark = newMark();
    const { status, stdout } = await untilLimit(hangingPack, mark);
    assert.equal(status, 3);
    assert.match(stdout, /policy pack .*hangs gave no answer about aws:s3\/bucket:Bucket bucket in time/);
    assert.doesNotMatch(stdout, /the program did not finish/);
    await untilGone(mark);
  });

  it("ends on a SIGINT that arrives while its own program loads", async () => {
    const options = `--require ${join(ROOT, "test/support/interrupt-while-loading.cjs")}`;
    const { status, stdout } = await rehearse(hangingProgram, { env: { NODE_OPTIONS: options } });
    assert.equal(status, 130, stdout);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`listens on loopback only, and on ${signal} leaves no process, port or file behind`, async () => {
      const mark = newMark();
      const temporary = mkdtempSync(join(tmpdir(), "rehearse-interrupt-"));
      const { child, ended } = startRehearsal([...hangingProgram, "--json"], {
        env: { ...variables(mark), TMPDIR: temporary },
      });
      try {
        await untilHanging(mark);
        const isSleeper = (pid: number) => commandOf(pid).includes(`setInterval(() => {}, 1000) ${mark}`);
        assert.ok(processesWith("HANG_MARK", mark).some(isSleeper));
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
        // What tsx and ts-node have compiled they keep for the next time: caches, not leftovers.
        const left = readdirSync(temporary).filter(
          (name) => !/^(tsx|ts-node)-|^node-compile-cache$/.test(name),
        );
        assert.deepEqual(left, []);
      } finally {
        child.kill("SIGKILL");
        for (const pid of processesWith("HANG_MARK", mark)) process.kill(pid, "SIGKILL");
        rmSync(temporary, { recursive: true });
      }
    });
  }

  for (const name of ["hangs", "spins"]) {
    it(`leaves no process behind if it is killed while its pack ${name}`, async () => {
      const mark = newMark();
      const args = ["dev", "--program", fixture("one-bucket"), "--policy-pack", pack(name), "--json"];
      const { child, ended } = startRehearsal(args, { env: variables(mark) });
      try {
        await untilHanging(mark);
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
