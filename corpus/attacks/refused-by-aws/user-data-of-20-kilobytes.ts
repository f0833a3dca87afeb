// User data may have 16 KB before it is encoded, which is less than this application's size.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";

export const expected: Expected = {
  rule: "api-prose",
  says: /userData has 20\d{3} bytes before .* at most 16,384 bytes/,
};

export function program(mended: boolean): void {
  launchTemplate({
    userData: Buffer.from(`#!/bin/sh\n# ${"the shop, in full ".repeat(mended ? 114 : 1_140)}\n`).toString(
      "base64",
    ),
  });
}
