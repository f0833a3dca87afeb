/**
 * The components that other Pulumi programs may use. Everything else in this folder is internal to the store
 * and may change with it.
 *
 * See examples/own-program.
 */
export { Certificate, type CertificateArgs } from "./certificate/certificate";
export { AlarmTopic, type AlarmTopicArgs } from "./monitoring/alarm-topic";
export { type NatGateways, Network, type NetworkArgs } from "./network/network";
