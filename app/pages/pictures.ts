import { raw } from "hono/html";

/**
 * A picture of each product, drawn with the colours of `style.ts`. They are inline, so no request goes to
 * another host.
 */
const DRAWINGS: Readonly<Record<string, string>> = {
  mug: `<path class="b" d="M62 62h64v62a16 16 0 0 1-16 16H78a16 16 0 0 1-16-16z"/><path class="l" d="M126 76h14a12 12 0 0 1 12 12v10a18 18 0 0 1-18 18h-8"/><path class="l" d="M80 48c0-10 8-8 8-18M100 48c0-10 8-8 8-18"/>`,
  teapot: `<path class="b" d="M58 92c0-26 20-36 42-36s42 10 42 36-16 48-42 48-42-22-42-48z"/><path class="l" d="M60 84C44 82 38 72 30 66l-6 6c8 8 14 34 40 36M140 78c26-6 30 34-4 38"/><path class="a" d="M70 58h60l-6-10H76z"/><circle class="a" cx="100" cy="40" r="7"/>`,
  lamp: `<path class="a" d="M72 40h56l20 48H52z"/><path class="l" d="M100 88v48"/><path class="b" d="M66 136h68v12H66z"/><path class="l" d="M118 88v20"/><circle class="b" cx="118" cy="112" r="4"/>`,
  notebook: `<rect class="b" x="56" y="34" width="88" height="116" rx="6"/><path class="a" d="M116 34h12v52l-6-8-6 8z"/><path class="l" d="M70 60h32M70 76h32M70 92h60M70 108h60M70 124h44"/>`,
  basket: `<path class="l" d="M58 84c0-60 84-60 84 0"/><path class="b" d="M48 84h104l-12 60H60z"/><path class="l" d="M54 102h92M57 120h86M76 84l8 60M100 84v60M124 84l-8 60"/>`,
  clock: `<circle class="b" cx="100" cy="92" r="56"/><circle class="p" cx="100" cy="92" r="44"/><path class="l" d="M100 92V62M100 92l22 14"/><circle class="a" cx="100" cy="92" r="5"/>`,
  plant: `<path class="b" d="M68 104h64l-8 44H76z"/><path class="g" d="M100 104C96 70 70 60 50 62c2 24 22 42 50 42zM100 104c4-34 30-44 50-42-2 24-22 42-50 42zM100 104c-18-28-12-56 0-72 12 16 18 44 0 72z"/>`,
  blanket: `<path class="b" d="M46 60c36-14 72 14 108 0v76c-36 14-72-14-108 0z"/><path class="a" d="M46 78c36-14 72 14 108 0v12c-36 14-72-14-108 0zM46 108c36-14 72 14 108 0v12c-36 14-72-14-108 0z"/><path class="l" d="M46 136v12M60 132v12M140 140v12M154 136v12"/>`,
};

/** The product's picture. It needs no text alternative, because the product's name is next to it. */
export function picture(sku: string): ReturnType<typeof raw> {
  return raw(
    `<svg class="picture" viewBox="0 0 200 180" aria-hidden="true" focusable="false">${DRAWINGS[sku] ?? ""}</svg>`,
  );
}
