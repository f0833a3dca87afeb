// Mutual TLS: only clients with a certificate from the partners' authority are admitted.
import * as aws from "@pulumi/aws";
import { balancer, httpsListener, network, targets } from "../parts";
import { logs, watch, watchTargets } from "../strict";

const { vpc, subnetIds } = network();
const partners = balancer(subnetIds, logs);
const group = targets(vpc.id);
watch(partners);
watchTargets(partners, group);
const store = new aws.lb.TrustStore("partners", {
  caCertificatesBundleS3Bucket: "trust-123456789012",
  caCertificatesBundleS3Key: "partners.pem",
});
const https = new aws.lb.Listener("https", {
  ...httpsListener(partners.arn),
  mutualAuthentication: { mode: "verify", trustStoreArn: store.arn },
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
new aws.lb.ListenerCertificate("further", {
  listenerArn: https.arn,
  certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/89abcdef-0123-4567-89ab-cdef01234567",
});
