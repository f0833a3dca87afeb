/** Made-up but stable values: each is a function of its seed, so runs give equal results in any order. */
import { hash } from "node:crypto";

/** `length` bytes. */
function bytes(seed: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    hash("sha256", i === 0 ? seed : `${seed} ${i}`, "buffer"),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

/** `length` lower-case hex digits. */
export function hex(seed: string, length: number): string {
  return bytes(seed, Math.ceil(length / 2))
    .toString("hex")
    .slice(0, length);
}

/** `length` characters of an alphabet of at most 256. */
export function letters(seed: string, length: number, alphabet: string): string {
  return [...bytes(seed, length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join("");
}

/** Upper-case letters and digits, as in hosted zone and distribution ids. */
export function upper(seed: string, length: number): string {
  return letters(seed, length, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

/** Lower-case letters and digits, as in API Gateway ids and CloudFront host names. */
export function lower(seed: string, length: number): string {
  return letters(seed, length, "abcdefghijklmnopqrstuvwxyz0123456789");
}

/** Decimal digits; the first is not zero. */
export function digits(seed: string, length: number): string {
  return letters(`${seed} first`, 1, "123456789") + letters(seed, length - 1, "0123456789");
}

/** A version 4 UUID. */
export function uuid(seed: string): string {
  const h = hex(seed, 32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
}

/** A whole number from `low` to `high`, both included. */
export function number(seed: string, low: number, high: number): number {
  return low + (parseInt(hex(seed, 8), 16) % (high - low + 1));
}
