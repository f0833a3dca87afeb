import { gunzipSync } from "node:zlib";
import { readEach } from "./read-each";
import {
  IMAGE_RECIPE,
  INSTANCE,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  LIGHTSAIL_INSTANCE,
  SPOT_FLEET,
} from "./resources";
import type { Subject } from "./rule";

/** Types with user data, which an instance runs at first boot. */
export const WITH_USER_DATA: readonly string[] = [
  ...LAUNCH_TEMPLATE,
  ...LAUNCH_CONFIGURATION,
  ...INSTANCE,
  ...SPOT_FLEET,
  ...LIGHTSAIL_INSTANCE,
  ...IMAGE_RECIPE,
];

/** Where it is. */
const PLACES = ["userData", "userDataBase64", "launchSpecifications.*.userData"];

/** The known user data of a resource, each with the name of its property. */
export function userDataOf({ props }: Subject): { readonly label: string; readonly text: string }[] {
  return PLACES.flatMap((path) => readEach(props, path)).flatMap(({ label, reading }) =>
    reading.kind === "known" && typeof reading.value === "string" ? [{ label, text: reading.value }] : [],
  );
}

/**
 * A text, and the texts encoded in it.
 *
 * @param depth how many encodings to undo: base64 of user data, of a MIME part in it, of a file in that
 */
export function textsIn(text: string, depth = 3): string[] {
  return depth === 0 ? [text] : [text, ...encodedIn(text).flatMap((inner) => textsIn(inner, depth - 1))];
}

/** Texts encoded in base64 within a text, unpacked if they are compressed; lines of base64 count as one. */
function encodedIn(text: string): string[] {
  const blocks = text.match(/[A-Za-z0-9+/_-]{16,}(?:\r?\n[ \t]*[A-Za-z0-9+/_-]+)*={0,2}/g) ?? [];
  return blocks.map((block) => unpacked(Buffer.from(block.replace(/\s/g, ""), "base64")));
}

/** PowerShell's -EncodedCommand is UTF-16, in which every letter of ASCII brings a zero byte. */
function unpacked(bytes: Buffer): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      return gunzipSync(bytes, { maxOutputLength: 1_000_000 }).toString("utf8");
    } catch {
      return ""; // Not compressed after all, or a bomb: EC2 would hand on bytes that hold no readable secret.
    }
  }
  return bytes.toString("utf8").replaceAll("\0", "");
}
