import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type BootFile, systemdUnit } from "./parts";
import { HARDENING } from "./sandbox";

/** The unit that answers HAProxy's agent checks. */
export const BACKEND_AGENT_UNIT = "store-agent";

/**
 * A service that reports the instance's capacity to HAProxy: its weight, reduced under load, and `drain`
 * before the instance leaves. It runs on Python 3.9, which the image includes.
 *
 * @param port - TCP port to listen on
 * @see https://docs.haproxy.org/2.6/configuration.html#5.2-agent-check
 */
export function backendAgentFiles(port: number): readonly BootFile[] {
  const text = readFileSync(join(__dirname, "..", "..", "proxy", "backend_agent.py"), "utf8");
  return [
    { path: "/opt/store/agent.py", marker: "END_OF_AGENT", text },
    systemdUnit(
      BACKEND_AGENT_UNIT,
      ["Description=Load of the store", "Wants=network-online.target", "After=network-online.target"],
      [
        "ExecStart=/usr/bin/python3 /opt/store/agent.py",
        `Environment=AGENT_PORT=${port}`,
        "DynamicUser=yes",
        ...HARDENING,
      ],
    ),
  ];
}
