// An EKS managed node group, launched from the program's template, which sets only what EKS allows.
import * as aws from "@pulumi/aws";
import { allow, metadataOptions, privateSubnets, securityGroup } from "../fleet";
import { network } from "../parts";

const { vpc } = network();
const subnetIds = privateSubnets(vpc.id).map(({ id }) => id);
const controlPlane = securityGroup("control-plane", vpc.id);
const cluster = new aws.eks.Cluster("shop", {
  roleArn: "arn:aws:iam::123456789012:role/cluster",
  vpcConfig: {
    subnetIds,
    securityGroupIds: [controlPlane.id],
    endpointPrivateAccess: true,
    endpointPublicAccess: false,
  },
});
const nodes = securityGroup("nodes", vpc.id);
new aws.vpc.SecurityGroupIngressRule("among-nodes", {
  securityGroupId: nodes.id,
  referencedSecurityGroupId: nodes.id,
  ipProtocol: "-1",
});
allow("kubelet", nodes, 10250, { referencedSecurityGroupId: controlPlane.id });
// The security group that EKS creates for the cluster is known once the cluster exists.
allow("webhooks", nodes, 8443, { referencedSecurityGroupId: cluster.vpcConfig.clusterSecurityGroupId });
allow("api", controlPlane, 443, { referencedSecurityGroupId: nodes.id });
allow("dns", nodes, 53, { cidrIpv4: "10.0.0.0/16" });
const template = new aws.ec2.LaunchTemplate("nodes", {
  metadataOptions,
  vpcSecurityGroupIds: [nodes.id],
  blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 50 } }],
});
new aws.eks.NodeGroup("nodes", {
  clusterName: cluster.name,
  nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
  subnetIds,
  instanceTypes: ["m7g.large", "m6g.large"],
  scalingConfig: { minSize: 2, maxSize: 10, desiredSize: 3 },
  launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
});
