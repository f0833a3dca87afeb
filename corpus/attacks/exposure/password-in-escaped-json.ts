// The backslashes of a shell's quotes are between the name and the password.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "user-data-secrets",
  says: /userData holds a password/,
  level: "advisory",
};

export function program(mended: boolean): void {
  network();
  const password = mended ? "$PASSWORD" : "correct-horse";
  const script = [
    "#!/bin/sh",
    `curl -s -X POST https://internal.example.com/login -d "{\\"user\\":\\"shop\\",\\"password\\":\\"${password}\\"}"`,
  ].join("\n");
  launchTemplate({ userData: Buffer.from(script).toString("base64") });
}
