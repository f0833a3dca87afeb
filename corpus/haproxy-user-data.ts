/** User data that runs HAProxy on an instance. */
export function haproxyUserData(config: string): string {
  const script = [
    "#!/bin/bash",
    "dnf install --assumeyes haproxy",
    `cat > /etc/haproxy/haproxy.cfg <<'END'\n${config.trim()}\nEND`,
    "systemctl enable --now haproxy",
    "",
  ].join("\n");
  return Buffer.from(script).toString("base64");
}
