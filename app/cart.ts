import { randomUUID } from "node:crypto";

import { findProduct } from "./catalogue";

/** The maximum quantity of one product in a cart. */
export const MOST_OF_ONE = 99;

/**
 * The contents of a visitor's cart. It is stored in a signed cookie, so any instance can serve any request.
 */
export interface Cart {
  /** Identifies the cart, and with it the visitor. */
  readonly id: string;
  /** Quantity of each product, 1 to {@link MOST_OF_ONE}. */
  readonly quantities: ReadonlyMap<string, number>;
}

/** An empty cart. */
export function emptyCart(id: string = randomUUID()): Cart {
  return { id, quantities: new Map() };
}

/** The cart with the given quantity of a product; 0 removes it. */
export function withQuantity(cart: Cart, sku: string, quantity: number): Cart {
  const quantities = new Map(cart.quantities);
  if (quantity === 0) quantities.delete(sku);
  else quantities.set(sku, Math.min(quantity, MOST_OF_ONE));
  return { id: cart.id, quantities };
}

/** `<id>~mug.2~lamp.1` */
export function writeCart({ id, quantities }: Cart): string {
  return [id, ...[...quantities].map(([sku, quantity]) => `${sku}.${quantity}`)].join("~");
}

/**
 * Reads the output of {@link writeCart}, possibly of an earlier release: products that no longer exist are
 * left out.
 */
export function readCart(text: string): Cart | undefined {
  const [id = "", ...entries] = text.split("~");
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
  const lines = entries.flatMap((entry): [string, number][] => {
    const [sku = "", count = ""] = entry.split(".");
    const quantity = readQuantity(count);
    return findProduct(sku) && quantity ? [[sku, quantity]] : [];
  });
  return { id, quantities: new Map(lines) };
}

/** A whole number from 0 to {@link MOST_OF_ONE}; undefined for anything else. */
export function readQuantity(text: string): number | undefined {
  return /^\d{1,2}$/.test(text) ? Number(text) : undefined;
}
