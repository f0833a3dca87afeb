// As the vendor's page says to install the agent.
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

network();
const script = [
  "#!/bin/sh",
  'DD_API_KEY=0123456789abcdef0123456789abcdef bash -c "$(curl -L https://install.example.com/agent.sh)"',
].join("\n");
launchTemplate({ userData: Buffer.from(script).toString("base64") });
