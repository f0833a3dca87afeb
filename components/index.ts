/**
 * What another Pulumi program may use. Everything else here serves the store alone, and may change with it.
 *
 * examples/own-program shows how.
 */
export { Certificate, type CertificateArgs } from "./certificate/certificate";
export { AlarmTopic, type AlarmTopicArgs } from "./monitoring/alarm-topic";
export { type NatGateways, Network, type NetworkArgs } from "./network/network";
