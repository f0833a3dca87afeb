import { createHash, randomBytes } from "node:crypto";

/** A product in an order, with the price it had. */
export interface OrderLine {
  readonly sku: string;
  readonly title: string;
  readonly priceCents: number;
  readonly quantity: number;
}

/** What a customer orders. */
export interface OrderRequest {
  /** Id of the cart: who may see the order. */
  readonly cartId: string;
  readonly name: string;
  readonly address: string;
  readonly lines: readonly OrderLine[];
}

/** An order as it was placed. */
export interface Order extends OrderRequest {
  readonly id: string;
  /** Of the request that placed it, of many that may have asked for the same at the same moment. Random. */
  readonly requestId: string;
  /** ISO 8601, UTC. */
  readonly placedAt: string;
  readonly totalCents: number;
}

/** Where orders are kept: in one place for all instances, so any of them may be lost. */
export interface Orders {
  /**
   * Keeps an order unless there is one of its id, and returns the one there is then. Instances may try at the same
   * time: all are told of the same order.
   *
   * @throws OrdersUnavailable when it can't be told whether it was kept; it is safe to ask again
   */
  placeOnce(order: Order): Promise<Order>;
  /**
   * The order of that id, if there is one.
   *
   * @throws OrdersUnavailable when it can't be told
   */
  find(id: string): Promise<Order | undefined>;
  /**
   * The key that signs carts, the same for all instances: the first that asks makes it. So it is in no configuration
   * and in no state of a deployment.
   *
   * @throws OrdersUnavailable when it can't be told
   */
  signingKey(): Promise<string>;
  /** Lets go of the database. */
  close(): void;
}

/** The place where orders are kept doesn't answer. */
export class OrdersUnavailable extends Error {}

/**
 * The order's id: the same for the same cart and key, so an order that is sent twice is one order. It can't be guessed
 * without the cart's id.
 *
 * @param key - what the client calls this order, and no other
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 */
export function orderId(cartId: string, key: string): string {
  return createHash("sha256").update(`${cartId}\n${key}`).digest("hex").slice(0, 24);
}

/** True if two requests order the same for the same customer. */
export function isSame(one: OrderRequest, other: OrderRequest): boolean {
  const words = ({ name, address, lines }: OrderRequest): string =>
    JSON.stringify([name, address, lines.map(({ sku, quantity }) => [sku, quantity])]);
  return words(one) === words(other);
}

/** A new key to sign with: 256 bits, as many as HMAC-SHA256 makes use of (RFC 2104, section 3). */
export function newSigningKey(): string {
  return randomBytes(32).toString("base64");
}
