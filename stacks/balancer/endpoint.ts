import type { InstanceEndpoint } from "../../components/instance-endpoint";
import { INSTANCE_PORT, INSTANCE_TLS_PORT } from "../context";
import type { Settings } from "../settings/schema";

/** The endpoint of instances for balancers: the application itself, or the TLS terminator in front of it. */
export function endpointOf({
  instanceProtocol: protocol,
  protocolVersion: version,
}: Pick<Settings["loadBalancing"], "instanceProtocol" | "protocolVersion">): InstanceEndpoint {
  return { port: protocol === "https" ? INSTANCE_TLS_PORT : INSTANCE_PORT, protocol, version };
}
