import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";

import type { Config } from "./config";
import type { Log } from "./log";
import { Metrics } from "./metrics";
import type { Orders } from "./orders/orders";
import { createShop } from "./shop";
import { Visitors } from "./visitor";

/** A running store. */
export interface RunningServer {
  /** TCP port on which it listens. */
  readonly port: number;
  /**
   * Stops the store: from now on it isn't ready; after `drainSeconds`, it accepts no new connections; then it
   * finishes requests in flight, for at most `stopSeconds`.
   */
  stop(): Promise<void>;
}

/** Time limits in seconds for receiving a request's headers and the whole request. */
const HEADERS_SECONDS = 10;
const REQUEST_SECONDS = 30;

/** Maximum number of bytes of a request's line and headers. Larger requests get status 431. */
const MOST_HEADER_BYTES = 16 * 1024;

/**
 * Starts the store.
 *
 * It is ready once it has the key that signs carts, and stays ready even if the orders database is
 * unavailable: the catalogue doesn't need the database, and if all instances were not ready, the whole store
 * would be down.
 *
 * @see https://aws.amazon.com/builders-library/implementing-health-checks/
 */
export async function startServer(config: Config, orders: Orders, log: Log): Promise<RunningServer> {
  let signingKey: string | undefined;
  let isDraining = false;
  const shop = createShop({
    config,
    orders,
    log,
    metrics: new Metrics(),
    visitors: new Visitors({ signer: config.loginSigner, keysUrl: config.loginKeysUrl, log }),
    signingKey: () => signingKey,
    isDraining: () => isDraining,
  });
  const server = createAdaptorServer({
    fetch: shop.fetch,
    createServer,
    serverOptions: {
      maxHeaderSize: MOST_HEADER_BYTES,
      headersTimeout: HEADERS_SECONDS * 1000,
      requestTimeout: REQUEST_SECONDS * 1000,
      connectionsCheckingInterval: 1000,
      // The balancer closes connections first, so it never sends a request on a connection that the store has
      // just closed.
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout
      keepAliveTimeout: (config.idleTimeoutSeconds + 15) * 1000,
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log("info", {
    event: "listening",
    url: `http://${config.host}:${port}`,
    port,
    instance: config.instanceId,
    zone: config.availabilityZone,
  });
  void learnSigningKey();

  async function learnSigningKey(): Promise<void> {
    for (let attempt = 1; signingKey === undefined && !isDraining; attempt++) {
      try {
        signingKey = await orders.signingKey();
        log("info", { event: "ready" });
      } catch (error) {
        log("error", {
          event: "not-ready",
          attempt,
          reason: error instanceof Error ? error.message : String(error),
        });
        await sleep(Math.min(attempt, 10) * 1000);
      }
    }
  }

  return {
    port,
    async stop() {
      isDraining = true;
      log("info", { event: "draining", seconds: config.drainSeconds });
      await sleep(config.drainSeconds * 1000);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const late = await Promise.race([
        closed,
        sleep(config.stopSeconds * 1000, "late" as const, { ref: false }),
      ]);
      if (late === "late") {
        log("warn", { event: "cut-off", seconds: config.stopSeconds });
        server.closeAllConnections();
      }
      log("info", { event: "stopped" });
    },
  };
}
