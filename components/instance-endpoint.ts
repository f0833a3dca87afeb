/** The protocol to an instance: clear text, or TLS with a certificate that the instance makes at boot. */
export const INSTANCE_PROTOCOLS = ["http", "https"] as const;

/** The protocol version of an application. gRPC runs over HTTP/2. */
export const PROTOCOL_VERSIONS = ["http1", "http2", "grpc"] as const;

/** One of {@link PROTOCOL_VERSIONS}. */
export type ProtocolVersion = (typeof PROTOCOL_VERSIONS)[number];

/** The port and protocol by which balancers reach an instance. */
export interface InstanceEndpoint {
  /** TCP port. */
  readonly port: number;
  readonly protocol: (typeof INSTANCE_PROTOCOLS)[number];
  readonly version: ProtocolVersion;
}
