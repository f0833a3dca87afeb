// Between the name and the password stand the backslashes of a shell's quotes.
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

network();
const script = [
  "#!/bin/sh",
  'curl -s -X POST https://internal.example.com/login -d "{\\"user\\":\\"shop\\",\\"password\\":\\"correct-horse\\"}"',
].join("\n");
launchTemplate({ userData: Buffer.from(script).toString("base64") });
