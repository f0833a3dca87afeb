import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:http2";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { Door } from "../../packages/rehearse/engine/door";
import { isStranger, userOf } from "../../packages/rehearse/engine/strangers";

/** An HTTP/2 call, like the SDK's calls. */
async function call(address: string): Promise<string> {
  const session = connect(`http://${address}`);
  try {
    return await text(session.request({ ":path": "/" }));
  } finally {
    session.close();
  }
}

describe("the engine's socket", () => {
  const server = createServer();
  server.on("stream", (stream) => void stream.end("answered"));
  const answer = (caller: Socket): void => void server.emit("connection", caller);
  let door: Door;

  beforeEach(async () => (door = await Door.open()));
  afterEach(() => door.close());

  it("keeps what a caller sent before the engine answers", async () => {
    const waited = call(door.address);
    // When a second caller is admitted, the first one has been, too; by then, the first one's data is on its way.
    const second = connect(`http://${door.address}`);
    await once(second, "connect");
    await new Promise((resolve) => setImmediate(resolve));
    door.leadTo(answer);
    assert.equal(await waited, "answered");
    second.close();
  });

  it("accepts later callers, from an IPv6 socket, too", async () => {
    door.leadTo(answer);
    assert.equal(await call(door.address), "answered");
    assert.equal(await call(door.address.replace("127.0.0.1", "[::ffff:127.0.0.1]")), "answered");
  });

  it("disconnects waiting callers when it closes", async () => {
    const session = connect(`http://${door.address}`);
    session.on("error", () => undefined);
    await once(session, "connect");
    await new Promise((resolve) => setImmediate(resolve));
    const ended = new Promise((resolve) => session.once("close", resolve));
    door.close();
    await ended;
  });

  // Only root can start processes of other users.
  const isRoot = process.platform === "linux" && process.getuid?.() === 0;
  const itAsRoot = isRoot ? it : () => undefined;
  itAsRoot("disconnects a process of another user", async () => {
    door.leadTo(answer);
    const [, port = ""] = door.address.split(":");
    const code = `require("node:net").connect(${port}, "127.0.0.1").on("error", () => {}).on("close", () => console.log("sent away")).on("data", () => process.exit())`;
    const nobody = { uid: 65_534, gid: 65_534, cwd: "/", env: {} };
    const child = spawn(process.execPath, ["-e", code], { ...nobody, stdio: ["ignore", "pipe", "inherit"] });
    assert.equal(await text(child.stdout), "sent away\n");
    assert.equal(await call(door.address), "answered");
  });
});

describe("The user of a calling process", () => {
  const table = [
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
    "   0: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 1 1",
    "   1: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2 1",
    "   2: 0200007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1002        0 3 1",
    "",
  ].join("\n");

  it("is read from its end of the connection, not from ours", () => {
    assert.equal(userOf(table, { from: "127.0.0.1", fromPort: 0xc001, toPort: 0x1f90 }), 1001);
    assert.equal(userOf(table, { from: "127.0.0.2", fromPort: 0xc001, toPort: 0x1f90 }), 1002);
  });

  // Only Linux reports it.
  const itOnLinux = process.platform === "linux" ? it : () => undefined;
  itOnLinux("is a stranger if the connection does not exist", () => {
    const ends = { remoteAddress: "127.0.0.1", remotePort: 1, localPort: 1 };
    assert.ok(isStranger(ends as Socket));
  });

  it("is unknown for a missing connection", () => {
    assert.equal(userOf(table, { from: "127.0.0.1", fromPort: 0xc002, toPort: 0x1f90 }), undefined);
    assert.equal(userOf("", { from: "127.0.0.1", fromPort: 0xc001, toPort: 0x1f90 }), undefined);
  });

  it("is found for an IPv4 address written as IPv6", () => {
    const six = table.replaceAll("0100007F:", "0000000000000000FFFF00000100007F:");
    assert.equal(userOf(six, { from: "127.0.0.1", fromPort: 0xc001, toPort: 0x1f90 }), 1001);
  });
});
