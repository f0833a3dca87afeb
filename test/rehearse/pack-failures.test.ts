import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import assert from "node:assert/strict";
import { failureOf } from "../../packages/rehearse/hosts/pack-failures";
import type { StartedPack } from "../../packages/rehearse/hosts/pack-process";

/** The error for a failed call to a pack whose process has ended, or hasn't. */
async function told(code: status, details: string, end?: { status: number; errors: string }): Promise<Error> {
  const ended = end === undefined ? new Promise(() => undefined) : Promise.resolve(end);
  const pack = { files: { label: "ours" }, ended } as unknown as StartedPack;
  const error: ServiceError = Object.assign(new Error(), { code, details, metadata: new Metadata() });
  return failureOf(pack, "the whole stack", error);
}

describe("the error for a failed policy pack", () => {
  it("states the size of a message that was too large for it, and what to do", async () => {
    const { message } = await told(status.RESOURCE_EXHAUSTED, "Received message larger than max (9 vs 8)");
    assert.match(
      message,
      /^policy pack ours failed on the whole stack: .* \(Received .*\(9 vs 8\)\), also under/,
    );
    assert.match(message, /split the program into several stacks$/);
  });

  it("states the exit status of its process, and its errors", async () => {
    const error = await told(status.UNAVAILABLE, "Connection dropped", { status: 5, errors: "no more" });
    assert.equal(
      error.message,
      "policy pack ours ended with status 5 when it was asked about the whole stack",
    );
    assert.equal(error.cause, "no more");
  });

  it("states gRPC's error if its process still runs", async () => {
    const error = await told(status.UNAVAILABLE, "No connection established");
    assert.equal(error.message, "policy pack ours failed on the whole stack: No connection established");
    assert.equal((error as ServiceError).code, status.UNAVAILABLE);
  });
});
