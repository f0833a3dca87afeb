// The vendor's documentation installs the agent this way.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "user-data-secrets",
  says: /userData holds an API key/,
  level: "advisory",
};

export function program(mended: boolean): void {
  network();
  const key = mended ? "$(cat /run/agent.key)" : "0123456789abcdef0123456789abcdef";
  const script = [
    "#!/bin/sh",
    `DD_API_KEY=${key} bash -c "$(curl -L https://install.example.com/agent.sh)"`,
  ].join("\n");
  launchTemplate({ userData: Buffer.from(script).toString("base64") });
}
