import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { agents } from "../../../bench/figures/agents";
import { Dice, hostileAws, hostileSocket } from "../../../bench/figures/agents/hostile";
import { Setting } from "../../../bench/figures/agents/setting";
import { describeWith } from "../../support/programs";

describeWith(["haproxy", "openssl", "moto_server"], "agents that get malformed answers", () => {
  it("keep running, send HAProxy only valid commands, and recover once the answers are valid", async () => {
    // Uses each odd value once; `npm run figures -- agents` generates more.
    const { faults } = await agents.measure({
      count: 160,
      log: () => undefined,
      signal: new AbortController().signal,
    });
    assert.deepEqual(faults, []);
  }).timeout(180_000);
});

describeWith(
  ["haproxy", "openssl", "moto_server"],
  "a proxy's agent that gets a partial answer from AWS",
  () => {
    const all = Array.from({ length: 6 }, (_, index) => ({
      id: `i-${index}`,
      address: `127.0.1.${index + 1}`,
    }));
    let setting: Setting;
    let aws: Awaited<ReturnType<typeof hostileAws>>;
    let socket: Awaited<ReturnType<typeof hostileSocket>>;
    const told = [...all];
    const tellOf = (count: number): void => void told.splice(0, told.length, ...all.slice(0, count));
    /** Waits until this number of servers is up; fails after twenty seconds. */
    const serve = async (count: number): Promise<void> => {
      for (let attempt = 0; attempt < 200; attempt++) {
        if ((await setting.up()).length === count) return;
        await sleep(100);
      }
      assert.fail(`${(await setting.up()).join()} serve, and ${count} should`);
    };

    beforeEach(async () => {
      setting = new Setting();
      await setting.start();
      aws = await hostileAws(told, new Dice(1));
      socket = await hostileSocket(setting.agentSocket, setting.adminSocket, new Dice(1));
      aws.isHonest = socket.isHonest = true;
      tellOf(all.length);
    });
    afterEach(async () => {
      aws.close();
      socket.close();
      await setting.stop();
    });

    it("never removes more servers than AWS lists, and restores all once AWS lists them again", async () => {
      setting.startProxyAgent(aws.port, 60);
      await serve(6);
      tellOf(1);
      await serve(5);
      await sleep(1000);
      assert.equal((await setting.up()).length, 5);
      tellOf(6);
      await serve(6);
    }).timeout(60_000);

    it("accepts the answer after a while, and frees the slots", async () => {
      setting.startProxyAgent(aws.port, 0.5);
      await serve(6);
      tellOf(2);
      await serve(2);
      assert.deepEqual(await setting.up(), ["127.0.1.1", "127.0.1.2"]);
    }).timeout(60_000);
  },
);
