/**
 * A PostgreSQL database in a store's private subnets, which the store's instances alone reach. It has a stack of its own, as
 * it outlives releases and is changed by others; examples/with-postgres.yaml is the store's stack file.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const store = new pulumi.StackReference(new pulumi.Config().require("store"));

const subnets = new aws.rds.SubnetGroup("orders", { subnetIds: store.requireOutput("privateSubnetIds") });
const securityGroup = new aws.ec2.SecurityGroup("orders", {
  vpcId: store.requireOutput("vpcId"),
  description: "PostgreSQL from the instances of the store",
  ingress: [
    {
      description: "The instances of the store, each colour",
      protocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      securityGroups: store.requireOutput("instanceSecurityGroupIds"),
    },
  ],
});
const database = new aws.rds.Instance("orders", {
  engine: "postgres",
  engineVersion: "17",
  instanceClass: "db.t4g.small",
  allocatedStorage: 20,
  maxAllocatedStorage: 200,
  storageType: "gp3",
  storageEncrypted: true,
  multiAz: true,
  dbName: "store",
  username: "store",
  // RDS keeps the password in Secrets Manager, and changes it every week.
  manageMasterUserPassword: true,
  dbSubnetGroupName: subnets.name,
  vpcSecurityGroupIds: [securityGroup.id],
  publiclyAccessible: false,
  backupRetentionPeriod: 14,
  deletionProtection: true,
  finalSnapshotIdentifier: "orders-final",
  enabledCloudwatchLogsExports: ["postgresql"],
});

/** Where the store connects to; a host name for `environment` in its stack file. */
export const address = database.address;
/** ARN of the secret with user name and password, likewise. */
export const secretArn = database.masterUserSecrets.apply(([secret]) => secret?.secretArn);
