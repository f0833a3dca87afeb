import type { OrderRequest } from "./orders/orders";

/** The fields of the checkout form. */
export type CheckoutField = "name" | "address";

/** A fault in a checkout. */
export interface CheckoutFault {
  /** The field with the fault; undefined if it concerns no field. */
  readonly field: CheckoutField | undefined;
  /** What is wrong, and what is allowed. */
  readonly text: string;
}

/** The maximum number of characters of each field. */
export const MOST_CHARACTERS: Readonly<Record<CheckoutField, number>> = { name: 100, address: 300 };

/** Whether a text is a valid order key. */
export function isOrderKey(key: string): boolean {
  return /^[\w-]{8,100}$/.test(key);
}

/**
 * All faults of a checkout, except an empty cart.
 *
 * @param key - key of the order
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
