import Database from "libsql";

import { newSigningKey, type Order, type Orders } from "./orders";

/**
 * Orders in an SQLite file, for local use. Several processes may share the file.
 *
 * @param file - the file's path; the file is created if necessary. `:memory:` for no file
 */
export class SqliteOrders implements Orders {
  private readonly database: Database.Database;

  constructor(file: string) {
    this.database = new Database(file);
    // Waits if another process is writing.
    this.database.exec("PRAGMA busy_timeout = 5000");
    this.useWriteAheadLog();
    this.database.exec("CREATE TABLE IF NOT EXISTS items (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT");
  }

  /**
   * SQLite's busy timeout doesn't apply when several processes create a file at the same time: it reports
   * that the file is locked.
   */
  private useWriteAheadLog(): void {
    for (let attempt = 1; ; attempt++) {
      try {
        this.database.exec("PRAGMA journal_mode = WAL");
        return;
      } catch (error) {
        if (attempt === 50 || !/locked|busy/.test(String(error))) throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      }
    }
  }

  async placeOnce(order: Order): Promise<Order> {
    return JSON.parse(this.putOnce(`order#${order.id}`, JSON.stringify(order))) as Order;
  }

  async find(id: string): Promise<Order | undefined> {
    const value = this.get(`order#${id}`);
    return value === undefined ? undefined : (JSON.parse(value) as Order);
  }

  async signingKey(): Promise<string> {
    return this.get("secret#cart") ?? this.putOnce("secret#cart", newSigningKey());
  }

  close(): void {
    this.database.close();
  }

  private putOnce(key: string, value: string): string {
    this.database.prepare("INSERT INTO items VALUES (?, ?) ON CONFLICT DO NOTHING").run(key, value);
    return this.get(key) ?? value;
  }

  private get(key: string): string | undefined {
    const row = this.database.prepare("SELECT value FROM items WHERE key = ?").get(key) as
      { readonly value: string } | undefined;
    return row?.value;
  }
}
