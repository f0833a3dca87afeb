import { randomUUID } from "node:crypto";

import { findProduct } from "./catalogue";

/** The most of one product that a cart holds. */
export const MOST_OF_ONE = 99;

/** What a visitor means to buy. It travels in a signed cookie, so any instance can serve any request. */
export interface Cart {
  /** Tells carts, and with them visitors, apart. */
  readonly id: string;
  /** Pieces by product, 1 to {@link MOST_OF_ONE}. */
  readonly quantities: ReadonlyMap<string, number>;
}

/** A cart with nothing in it. */
export function emptyCart(id: string = randomUUID()): Cart {
  return { id, quantities: new Map() };
}

/** The cart with so many pieces of a product; 0 takes it out. */
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

/** Reads what {@link writeCart} wrote, perhaps in an earlier release: products that are gone are left out. */
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
