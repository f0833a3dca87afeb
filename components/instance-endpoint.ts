/** How the way to an instance is encrypted: not at all, or by TLS with a certificate that the instance makes at boot. */
export const INSTANCE_PROTOCOLS = ["http", "https"] as const;

/** What an application speaks; a gRPC service speaks HTTP/2, too. */
export const PROTOCOL_VERSIONS = ["http1", "http2", "grpc"] as const;

/** One of {@link PROTOCOL_VERSIONS}. */
export type ProtocolVersion = (typeof PROTOCOL_VERSIONS)[number];

/** Where balancers reach an instance, and how. */
export interface InstanceEndpoint {
  /** TCP port. */
  readonly port: number;
  readonly protocol: (typeof INSTANCE_PROTOCOLS)[number];
  readonly version: ProtocolVersion;
}
