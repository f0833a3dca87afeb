// PowerShell accepts commands in base64 of UTF-16, with a zero byte after every letter.
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
  const command = mended
    ? "Join-Domain shop.example.com"
    : "$password = 'Correct-Horse-7'; Join-Domain shop.example.com $password";
  const encoded = Buffer.from(command, "utf16le").toString("base64");
  const script = `<powershell>\npowershell.exe -EncodedCommand ${encoded}\n</powershell>`;
  launchTemplate({ userData: Buffer.from(script).toString("base64") });
}
