import assert from "node:assert/strict";

import { agents } from "../../../bench/figures/agents";
import { describeWith } from "../../support/programs";

describeWith(["haproxy", "openssl", "moto_server"], "agents that get answers from anybody", () => {
  it("go on, tell HAProxy nothing but what it knows, and are right again once the answers are", async () => {
    // Each odd value once; `npm run figures -- agents` makes up more.
    const { faults } = await agents.measure({
      ...{ count: 160, log: () => undefined, signal: new AbortController().signal },
    });
    assert.deepEqual(faults, []);
  }).timeout(180_000);
});
