import type { OrderRequest } from "./orders/orders";

/** What customers type to order. */
export type CheckoutField = "name" | "address";

/** Something wrong with a checkout. */
export interface CheckoutFault {
  /** The field that has it; undefined for one that no field has. */
  readonly field: CheckoutField | undefined;
  /** What is wrong, and what is allowed. */
  readonly text: string;
}

/** The characters that a field may have. */
export const MOST_CHARACTERS: Readonly<Record<CheckoutField, number>> = { name: 100, address: 300 };

/** Whether an order may be called so. */
export function isOrderKey(key: string): boolean {
  return /^[\w-]{8,100}$/.test(key);
}

/**
 * Everything that is wrong with a checkout but an empty cart.
 *
 * @param key - what the order is to be called
 */
export function checkoutFaults(request: Pick<OrderRequest, CheckoutField>, key: string): CheckoutFault[] {
  const fits = (field: CheckoutField): boolean =>
    request[field].length >= 1 && request[field].length <= MOST_CHARACTERS[field];
  return [
    ...(fits("name") ? [] : [fault("name", `A name has from 1 to ${MOST_CHARACTERS.name} characters.`)]),
    ...(fits("address")
      ? []
      : [fault("address", `An address has from 1 to ${MOST_CHARACTERS.address} characters.`)]),
    ...(isOrderKey(key)
      ? []
      : [
          fault(
            undefined,
            "An order needs a key of its own, of 8 to 100 letters, digits, _ and -: order from your cart's page.",
          ),
        ]),
  ];
}

function fault(field: CheckoutField | undefined, text: string): CheckoutFault {
  return { field, text };
}
