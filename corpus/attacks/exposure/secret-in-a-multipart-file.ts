// The file is base64 in a cloud-config, in a base64 MIME part, in base64 user data.
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
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  const setting = mended ? "DATABASE_HOST=database.internal" : "DATABASE_PASSWORD=correct-horse-battery";
  const config = [
    "#cloud-config",
    "write_files:",
    "  - path: /etc/shop.env",
    "    encoding: b64",
    `    content: ${base64(`${setting}\n`)}`,
  ].join("\n");
  const mime = [
    'Content-Type: multipart/mixed; boundary="=="',
    "MIME-Version: 1.0",
    "",
    "--==",
    "Content-Type: text/cloud-config",
    "Content-Transfer-Encoding: base64",
    "",
    base64(config).replace(/.{1,64}/g, "$&\n"),
    "--==--",
  ].join("\n");
  launchTemplate({ userData: base64(mime) });
}
