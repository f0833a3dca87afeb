import { ConfigError, readConfig } from "./config";
import { jsonLog } from "./log";
import type { Orders } from "./orders/orders";
import { startServer } from "./server";

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const orders = openOrders(config.ordersTable, config.ordersFile);
  const server = await startServer(config, orders, jsonLog);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      // A second signal ends the process at once.
      process.once(signal, () => process.exit(1));
      void server.stop().then(() => {
        orders.close();
        process.exit(0);
      });
    });
  }
}

/**
 * Each module is loaded only where it is used: instances have no SQLite, and local runs don't need the AWS
 * SDK.
 */
function openOrders(table: string | undefined, file: string): Orders {
  if (table === undefined) {
    const { SqliteOrders } = require("./orders/sqlite") as typeof import("./orders/sqlite");
    return new SqliteOrders(file);
  }
  const { DynamoOrders } = require("./orders/dynamodb") as typeof import("./orders/dynamodb");
  return new DynamoOrders(table);
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError;
  process.stderr.write(`store: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(expected ? 2 : 1);
});
