// The provider encodes the user data of an instance, but not that of a launch template.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";

export const expected: Expected = {
  rule: "api-prose",
  says: /userData .* AWS allows a base64-encoded string/,
};

export function program(mended: boolean): void {
  const script = "#!/bin/sh\n/opt/shop/start\n";
  launchTemplate({ userData: mended ? Buffer.from(script).toString("base64") : script });
}
