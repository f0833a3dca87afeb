import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:http2";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { Door } from "../../packages/rehearse/engine/door";

/** A call on HTTP/2, as the SDK's are. */
async function call(address: string): Promise<string> {
  const session = connect(`http://${address}`);
  try {
    return await text(session.request({ ":path": "/" }));
  } finally {
    session.close();
  }
}

describe("the engine's door", () => {
  const server = createServer();
  server.on("stream", (stream) => void stream.end("answered"));
  const answer = (caller: Socket): void => void server.emit("connection", caller);
  let door: Door;

  beforeEach(async () => (door = await Door.open()));
  afterEach(() => door.close());

  it("keeps what was said before anybody answered", async () => {
    const waited = call(door.address);
    // A second caller that is let in shows that the first has been, too; what it said is on its way by then.
    const second = connect(`http://${door.address}`);
    await once(second, "connect");
    await new Promise((resolve) => setImmediate(resolve));
    door.leadTo(answer);
    assert.equal(await waited, "answered");
    second.close();
  });

  it("leads on who comes later", async () => {
    door.leadTo(answer);
    assert.equal(await call(door.address), "answered");
  });

  it("sends away who still waits when it closes", async () => {
    const session = connect(`http://${door.address}`);
    session.on("error", () => undefined);
    await once(session, "connect");
    await new Promise((resolve) => setImmediate(resolve));
    const ended = new Promise((resolve) => session.once("close", resolve));
    door.close();
    await ended;
  });
});
