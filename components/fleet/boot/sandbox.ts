/**
 * Lines of a unit that has no business with the machine it runs on.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html (Sandboxing)
 */
export const HARDENING: readonly string[] = [
  "UMask=0077",
  "ProtectHome=yes",
  "ProtectClock=yes",
  "ProtectHostname=yes",
  "ProtectKernelLogs=yes",
  "ProtectKernelModules=yes",
  "ProtectKernelTunables=yes",
  "ProtectControlGroups=yes",
  "ProtectProc=invisible",
  "PrivateDevices=yes",
  "NoNewPrivileges=yes",
  "CapabilityBoundingSet=",
  "LockPersonality=yes",
  "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK",
  "RestrictNamespaces=yes",
  "RestrictRealtime=yes",
  "RestrictSUIDSGID=yes",
  "SystemCallArchitectures=native",
  "SystemCallFilter=@system-service",
];

/**
 * Lines of a unit that runs an application as a user of its own, which may write to `/var/lib/store` and `/tmp` and
 * nowhere else.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html (DynamicUser)
 */
export const SANDBOX: readonly string[] = ["DynamicUser=yes", "StateDirectory=store", ...HARDENING];
