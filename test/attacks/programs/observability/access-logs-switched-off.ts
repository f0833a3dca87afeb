// A bucket, a prefix, everything is there; and off.
import { balancer, network } from "../../parts";
import { logs, watch } from "../../strict";

watch(balancer(network().subnetIds, { ...logs, accessLogs: { ...logs.accessLogs, enabled: false } }));
