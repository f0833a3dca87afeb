import { createHash, randomBytes } from "node:crypto";

/** A product in an order, with its price at that time. */
export interface OrderLine {
  readonly sku: string;
  readonly title: string;
  readonly priceCents: number;
  readonly quantity: number;
}

/** A customer's order request. */
export interface OrderRequest {
  /** Id of the cart. Only the visitor with this cart may see the order. */
  readonly cartId: string;
  readonly name: string;
  readonly address: string;
  readonly lines: readonly OrderLine[];
}

/** A placed order. */
export interface Order extends OrderRequest {
  readonly id: string;
  /** Random id of the request that placed the order; several requests may have tried at the same time. */
  readonly requestId: string;
  /** ISO 8601, UTC. */
  readonly placedAt: string;
  readonly totalCents: number;
}

/** The store of orders, one for all instances, so that no instance holds orders itself. */
export interface Orders {
  /**
   * Stores an order unless one with its id exists, and returns the stored one. Instances may call this at the
   * same time: all get the same order.
   *
   * @throws OrdersUnavailable if it is unknown whether the order was stored; a retry is safe
   */
  placeOnce(order: Order): Promise<Order>;
  /**
   * The order with that id, if there is one.
   *
   * @throws OrdersUnavailable when it can't be told
   */
  find(id: string): Promise<Order | undefined>;
  /**
   * The key that signs carts, the same for all instances. The first call creates it, so it is in no
   * configuration and in no Pulumi state.
   *
   * @throws OrdersUnavailable when it can't be told
   */
  signingKey(): Promise<string>;
  /** Closes the database. */
  close(): void;
}

/** The store of orders is not available. */
export class OrdersUnavailable extends Error {}

/**
 * The order's id. It is the same for the same cart and key, so an order that is sent twice is one order. It
 * can't be guessed without the cart's id.
 *
 * @param key - the client's unique key for this order
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 */
export function orderId(cartId: string, key: string): string {
  return createHash("sha256").update(`${cartId}\n${key}`).digest("hex").slice(0, 24);
}

/** Whether two requests are for the same order of the same customer. */
export function isSame(one: OrderRequest, other: OrderRequest): boolean {
  const words = ({ name, address, lines }: OrderRequest): string =>
    JSON.stringify([name, address, lines.map(({ sku, quantity }) => [sku, quantity])]);
  return words(one) === words(other);
}

/** A new signing key of 256 bits; a longer key adds nothing to HMAC-SHA256 (RFC 2104, section 3). */
export function newSigningKey(): string {
  return randomBytes(32).toString("base64");
}
