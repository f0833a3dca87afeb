/** A product. */
export interface Product {
  /** Its id in orders and URLs. */
  readonly sku: string;
  readonly title: string;
  /** A sentence or two. */
  readonly description: string;
  /** Price in euro cents. */
  readonly priceCents: number;
}

/** All products. */
export const CATALOGUE: readonly Product[] = [
  {
    sku: "mug",
    title: "Stoneware mug",
    description: "Holds 35 cl and its heat. Thrown by hand, so no two are alike.",
    priceCents: 1450,
  },
  {
    sku: "teapot",
    title: "Cast-iron teapot",
    description: "Enamelled within, for a litre of tea. It outlives its owner.",
    priceCents: 5900,
  },
  {
    sku: "lamp",
    title: "Desk lamp",
    description: "Brass and a linen cord. The light is warm, and falls where you read.",
    priceCents: 8900,
  },
  {
    sku: "notebook",
    title: "Dotted notebook",
    description: "Two hundred numbered pages that take ink without bleeding.",
    priceCents: 1200,
  },
  {
    sku: "basket",
    title: "Willow basket",
    description: "For bread, for apples, for the walk home from the market.",
    priceCents: 3400,
  },
  {
    sku: "clock",
    title: "Wall clock",
    description: "Silent movement, plain face. It runs for two years on one battery.",
    priceCents: 4600,
  },
  {
    sku: "plant",
    title: "Potted fern",
    description: "Likes shade and a little water. It comes with its clay pot.",
    priceCents: 1900,
  },
  {
    sku: "blanket",
    title: "Wool blanket",
    description: "Woven from the wool of Irish sheep, 140 by 200 centimetres.",
    priceCents: 12_500,
  },
];

const BY_SKU = new Map(CATALOGUE.map((product) => [product.sku, product]));

/** The product with that id, if there is one. */
export function findProduct(sku: string): Product | undefined {
  return BY_SKU.get(sku);
}

/** `€14.50`. */
export function formatPrice(cents: number): string {
  return `€${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}
