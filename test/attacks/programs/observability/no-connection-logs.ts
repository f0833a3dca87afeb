// A connection whose TLS fails never becomes a request: access logs don't show who tries old protocols.
import { balancer, network } from "../../parts";
import { logs, watch } from "../../strict";

watch(balancer(network().subnetIds, { accessLogs: logs.accessLogs }));
