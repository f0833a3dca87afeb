// Database and cache accept the instances only, by security groups that refer to each other.
import * as aws from "@pulumi/aws";
import { allow, behind, fleet, launchTemplate, securityGroup } from "../fleet";
import { front } from "../store-front";

const { vpc, targetGroup, behindIt, privateSubnets } = front({ targetType: "instance" });
const subnetIds = privateSubnets.map(({ id }) => id);
fleet(launchTemplate({ vpcSecurityGroupIds: [behindIt.id] }), subnetIds, behind(targetGroup));
const database = securityGroup("database", vpc.id);
const cache = securityGroup("cache", vpc.id, {
  ingress: [{ protocol: "tcp", fromPort: 6379, toPort: 6379, securityGroups: [behindIt.id] }],
});
allow("postgres", database, 5432, { referencedSecurityGroupId: behindIt.id });
new aws.vpc.SecurityGroupIngressRule("among-caches", {
  securityGroupId: cache.id,
  referencedSecurityGroupId: cache.id,
  ipProtocol: "-1",
});
new aws.vpc.SecurityGroupEgressRule("answers", {
  securityGroupId: behindIt.id,
  ipProtocol: "-1",
  cidrIpv4: "0.0.0.0/0",
});
new aws.rds.Instance("orders", {
  engine: "postgres",
  instanceClass: "db.t4g.medium",
  allocatedStorage: 50,
  multiAz: true,
  storageEncrypted: true,
  username: "orders",
  manageMasterUserPassword: true,
  dbSubnetGroupName: new aws.rds.SubnetGroup("orders", { subnetIds }).name,
  vpcSecurityGroupIds: [database.id],
});
new aws.elasticache.ReplicationGroup("sessions", {
  description: "sessions",
  engine: "valkey",
  nodeType: "cache.t4g.small",
  numCacheClusters: 2,
  automaticFailoverEnabled: true,
  transitEncryptionEnabled: true,
  atRestEncryptionEnabled: true,
  subnetGroupName: new aws.elasticache.SubnetGroup("sessions", { subnetIds }).name,
  securityGroupIds: [cache.id],
});
