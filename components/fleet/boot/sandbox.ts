/**
 * Lines that isolate a unit from the machine it runs on.
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
 * Lines of a unit that runs an application as a dedicated user, which may write only to `/var/lib/store` and
 * `/tmp`.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html (DynamicUser)
 */
export const SANDBOX: readonly string[] = ["DynamicUser=yes", "StateDirectory=store", ...HARDENING];
