// Failed handshakes are logged, requests aren't.
import { balancer, network } from "../../parts";
import { logs, watch } from "../../strict";

watch(balancer(network().subnetIds, { connectionLogs: logs.connectionLogs }));
