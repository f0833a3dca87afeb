// PowerShell takes its commands in base64 of UTF-16: a zero byte after every letter.
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

network();
const command = "$password = 'Correct-Horse-7'; Join-Domain shop.example.com $password";
const encoded = Buffer.from(command, "utf16le").toString("base64");
const script = `<powershell>\npowershell.exe -EncodedCommand ${encoded}\n</powershell>`;
launchTemplate({ userData: Buffer.from(script).toString("base64") });
