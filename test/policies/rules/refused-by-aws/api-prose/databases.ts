import type { DATABASES } from "../../../../../policies/rules/refused-by-aws/api-prose/databases";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

/** Refused inputs, by line of DATABASES. */
export const DATABASES_REFUSED: Readonly<Record<keyof typeof DATABASES, Refused>> = {
  "database-engine": [
    [
      { snapshotIdentifier: "a", engine: "postgresql" },
      "engine is another string (not shown, as it may be secret); AWS allows engines such as mysql, postgres or aurora-mysql",
    ],
    [{ snapshotIdentifier: "a", engine: "aurora-mysql" }],
    [{ snapshotIdentifier: "a", engine: "oracle-se2-cdb" }],
    [{ snapshotIdentifier: "a", engine: "sqlserver-dev-ee" }],
    [{ snapshotIdentifier: "a", engine: "custom-oracle-ee" }],
    [{ snapshotIdentifier: "a", engine: "db2-se" }],
    [{ snapshotIdentifier: "a", engine: "docdb" }],
    [{ snapshotIdentifier: "a", engine: UNKNOWN }],
  ],
  "database-family": [
    [
      { family: "postgresql17" },
      "family is another string (not shown, as it may be secret); AWS allows families such as postgres17 or mysql8.4",
    ],
    [{ family: "postgres17" }],
    [{ family: "mysql8.4" }],
    [{ family: "oracle-ee-19" }],
    [{ family: "sqlserver-se-15.0" }],
    [{ family: "db2-ae-11.5" }],
    [{ family: "aurora-mysql8.0" }],
  ],
  "database-password": [
    [
      { snapshotIdentifier: "a", engine: "mysql", password: "short" },
      'password is another string (not shown, as it may be secret); AWS allows 8 to 41 characters, none of /@" or a space',
    ],
    [
      { snapshotIdentifier: "a", engine: "mysql", password: long(42) },
      'password has 42 characters; AWS allows 8 to 41 characters, none of /@" or a space',
    ],
    [
      { snapshotIdentifier: "a", engine: "postgres", password: "ab@cd/ef gh" },
      'password contains "@" and "/" and " "; AWS allows 8 to 128 characters, none of /@" or a space',
    ],
    [
      { snapshotIdentifier: "a", engine: "oracle-ee", password: "abcdefg&h" },
      'password contains "&"; AWS allows 8 to 30 characters, none of /@"&\' or a space',
    ],
    [{ snapshotIdentifier: "a", engine: "postgres", password: long(128) }],
    [{ snapshotIdentifier: "a", engine: "db2-se", password: long(255) }],
    [{ snapshotIdentifier: "a", engine: "mysql", password: UNKNOWN }],
  ],
  "database-user": [
    [
      { snapshotIdentifier: "a", engine: "postgres", username: "admin" },
      "username is another string (not shown, as it may be secret); AWS allows names that begin with a letter, other than admin and rdsadmin",
    ],
    [
      { snapshotIdentifier: "a", engine: "mysql", username: "1store" },
      "username is another string (not shown, as it may be secret); AWS allows names that begin with a letter, other than rdsadmin",
    ],
    [
      { snapshotIdentifier: "a", engine: "mysql", username: "rdsadmin" },
      "username is another string (not shown, as it may be secret); AWS allows names that begin with a letter, other than rdsadmin",
    ],
    [{ snapshotIdentifier: "a", engine: "mysql", username: "admin" }],
    [{ snapshotIdentifier: "a", engine: "postgres", username: "postgres" }],
  ],
  "database-name": [
    [
      { snapshotIdentifier: "a", engine: "mysql", dbName: "my-store" },
      "dbName is another string (not shown, as it may be secret); AWS allows letters, digits and _, no digit first",
    ],
    [{ snapshotIdentifier: "a", engine: "postgres", dbName: "_store1" }],
    [{ snapshotIdentifier: "a", engine: "sqlserver-ex", dbName: "" }],
  ],
  "database-storage": [
    [
      { snapshotIdentifier: "a", engine: "postgres", allocatedStorage: 10, storageType: "gp3" },
      'allocatedStorage is 10, but storageType is "gp3"; AWS requires at least 20',
    ],
    [
      { snapshotIdentifier: "a", engine: "mysql", allocatedStorage: 4 },
      "allocatedStorage is 4; AWS requires at least 5",
    ],
    [
      { snapshotIdentifier: "a", engine: "mysql", allocatedStorage: 50, storageType: "io1" },
      'allocatedStorage is 50, but storageType is "io1"; AWS requires at least 100',
    ],
    [
      { snapshotIdentifier: "a", engine: "postgres", allocatedStorage: 100, maxAllocatedStorage: 50 },
      "maxAllocatedStorage is 50, but allocatedStorage is 100; AWS requires at least 100",
    ],
    [{ snapshotIdentifier: "a", engine: "postgres", allocatedStorage: 5, storageType: "standard" }],
    [{ snapshotIdentifier: "a", engine: "postgres", allocatedStorage: 5, storageType: "gp2" }],
    [{ snapshotIdentifier: "a", engine: "sqlserver-se", allocatedStorage: 20, storageType: "io1" }],
    [{ snapshotIdentifier: "a", engine: "postgres", allocatedStorage: 100, maxAllocatedStorage: 0 }],
  ],
  "database-logs": [
    [
      {
        snapshotIdentifier: "a",
        engine: "postgres",
        enabledCloudwatchLogsExports: ["postgresql", "slowquery"],
      },
      'enabledCloudwatchLogsExports[1] is "slowquery", a log of other engines; AWS allows only logs of this engine',
    ],
    [
      { snapshotIdentifier: "a", engine: "aurora-mysql", enabledCloudwatchLogsExports: ["postgresql"] },
      'enabledCloudwatchLogsExports[0] is "postgresql", a log of other engines; AWS allows only logs of this engine',
    ],
    [{ snapshotIdentifier: "a", engine: "sqlserver-se", enabledCloudwatchLogsExports: ["agent", "error"] }],
    [
      {
        snapshotIdentifier: "a",
        engine: "aurora-postgresql",
        enabledCloudwatchLogsExports: ["instance", "iam-db-auth-error"],
      },
    ],
  ],
  "database-insights": [
    [
      { snapshotIdentifier: "a", performanceInsightsRetentionPeriod: 30 },
      "performanceInsightsRetentionPeriod is 30; AWS allows 7, 731 or a multiple of 31 up to 713 (days)",
    ],
    [
      { snapshotIdentifier: "a", performanceInsightsRetentionPeriod: 744 },
      "performanceInsightsRetentionPeriod is 744; AWS allows 7, 731 or a multiple of 31 up to 713 (days)",
    ],
    [{ snapshotIdentifier: "a", performanceInsightsRetentionPeriod: 0 }],
    [{ snapshotIdentifier: "a", performanceInsightsRetentionPeriod: 7 }],
    [{ snapshotIdentifier: "a", performanceInsightsRetentionPeriod: 31 }],
    [{ snapshotIdentifier: "a", performanceInsightsRetentionPeriod: 713 }],
    [{ snapshotIdentifier: "a", performanceInsightsRetentionPeriod: 731 }],
  ],
  "cluster-identifier": [
    [
      { clusterIdentifier: "my_store" },
      "clusterIdentifier is another string (not shown, as it may be secret); AWS allows 1 to 63 letters, digits and single hyphens, a letter first and no hyphen last",
    ],
    [
      { clusterIdentifier: "store-" },
      "clusterIdentifier is another string (not shown, as it may be secret); AWS allows 1 to 63 letters, digits and single hyphens, a letter first and no hyphen last",
    ],
    [{ clusterIdentifier: UNKNOWN }],
  ],
  "cluster-backups": [
    [{ backupRetentionPeriod: 36 }, "backupRetentionPeriod is 36; AWS allows a whole number from 0 to 35"],
    [{ backupRetentionPeriod: 35 }],
  ],
  "serverless-capacity": [
    [
      { serverlessv2ScalingConfiguration: { minCapacity: 0.7, maxCapacity: 4 } },
      "serverlessv2ScalingConfiguration.minCapacity is 0.7; it must be 0 to 256 in steps of 0.5",
    ],
    [
      { serverlessv2ScalingConfiguration: { minCapacity: 8, maxCapacity: 4 } },
      "serverlessv2ScalingConfiguration.minCapacity is 8, but maxCapacity is 4; AWS allows at most 4",
    ],
    [
      { serverlessV2ScalingConfiguration: { minCapacity: 1, maxCapacity: 512 } },
      "serverlessV2ScalingConfiguration.maxCapacity is 512; it must be 0 to 256 in steps of 0.5",
    ],
    [{ serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 256 } }],
    [{ serverlessv2ScalingConfiguration: { minCapacity: UNKNOWN, maxCapacity: 1.5 } }],
  ],
  "cache-identifier": [
    [
      { replicationGroupId: "my_store" },
      "replicationGroupId is another string (not shown, as it may be secret); AWS allows 1 to 40 letters, digits and single hyphens, a letter first and no hyphen last",
    ],
    [
      { clusterId: long(51) },
      "clusterId is another string (not shown, as it may be secret); AWS allows 1 to 50 letters, digits and single hyphens, a letter first and no hyphen last",
    ],
    [
      { replicationGroupId: long(41) },
      "replicationGroupId is another string (not shown, as it may be secret); AWS allows 1 to 40 letters, digits and single hyphens, a letter first and no hyphen last",
    ],
    [{ clusterId: long(50) }],
  ],
  "cache-copies": [
    [{ numCacheClusters: 7 }, "numCacheClusters is 7; AWS allows a whole number from 1 to 6"],
    [{ replicasPerNodeGroup: 6 }, "replicasPerNodeGroup is 6; AWS allows a whole number from 0 to 5"],
    [{ replicasPerNodeGroup: 0 }],
    [{ numCacheClusters: 6 }],
  ],
  "cache-failover": [
    [
      { automaticFailoverEnabled: true, numCacheClusters: 1 },
      "automaticFailoverEnabled is true, but numCacheClusters is 1; AWS requires at least 2",
    ],
    [
      { multiAzEnabled: true },
      "multiAzEnabled is true, but automaticFailoverEnabled is not; AWS allows it only with automatic failover",
    ],
    [{ multiAzEnabled: true, automaticFailoverEnabled: UNKNOWN }],
    [{ automaticFailoverEnabled: false, numCacheClusters: 1 }],
    [{ automaticFailoverEnabled: true, numNodeGroups: 2 }],
    [{ multiAzEnabled: true, globalReplicationGroupId: UNKNOWN }],
  ],
  "cache-token": [
    [
      { authToken: "short", transitEncryptionEnabled: true },
      'authToken is another string (not shown, as it may be secret); AWS allows 16 to 128 characters, none of /@" or a space',
    ],
    [
      { authToken: "twelve-marmots-and-one", transitEncryptionEnabled: false },
      "authToken is set, but transitEncryptionEnabled is false; AWS allows it only with encryption in transit",
    ],
    [{ authToken: UNKNOWN, transitEncryptionEnabled: UNKNOWN }],
  ],
  "cache-nodes": [
    [
      { engine: "postgres" },
      'engine is another string (not shown, as it may be secret); AWS allows "memcached", "redis", "valkey"',
    ],
    [
      { engine: "redis", numCacheNodes: 2 },
      'numCacheNodes is 2, but engine is "redis"; AWS allows 1, or more in a replication group',
    ],
    [
      { engine: "memcached", numCacheNodes: 1, azMode: "cross-az" },
      'numCacheNodes is 1, but azMode is "cross-az"; AWS requires at least 2',
    ],
    [{ engine: "valkey", numCacheNodes: 1 }],
    [{ engine: "memcached", numCacheNodes: 40 }],
  ],
  "warehouse-password": [
    [
      { masterPassword: "twelve-marmots" },
      "masterPassword is another string (not shown, as it may be secret); AWS allows 8 to 64 characters, none of /@\"'\\ or a space, with A-Z, a-z and 0-9 among them",
    ],
    [
      { masterPassword: "Twelve'1" },
      'masterPassword contains "\'"; AWS allows 8 to 64 characters, none of /@"\'\\ or a space, with A-Z, a-z and 0-9 among them',
    ],
    [{ masterPassword: "Abcdefg1" }],
  ],
  "warehouse-nodes": [
    [
      { clusterType: "multi-node", numberOfNodes: 1 },
      'numberOfNodes is 1, but clusterType is "multi-node"; AWS requires at least 2',
    ],
    [{ clusterType: "single-node", numberOfNodes: 1 }],
  ],
  "broker-password": [
    [
      {
        users: [
          { username: "a", password: "short" },
          { username: "b", password: "abababababab" },
          { username: "c", password: "twelve,marmots" },
        ],
      },
      "users[0].password is another string (not shown, as it may be secret); AWS allows at least 12 characters, at least 4 of them different, and none of ,:=",
      "users[1].password is another string (not shown, as it may be secret); AWS allows at least 12 characters, at least 4 of them different, and none of ,:=",
      "users[2].password is another string (not shown, as it may be secret); AWS allows at least 12 characters, at least 4 of them different, and none of ,:=",
    ],
  ],
  "database-group-name": [
    [
      { name: "my_store" },
      "name is another string (not shown, as it may be secret); AWS allows 1 to 255 letters, digits and single hyphens, a letter first and no hyphen last",
    ],
    [{ name: "store-17" }],
  ],
  "database-tier": [
    [{ promotionTier: 16 }, "promotionTier is 16; AWS allows a whole number from 0 to 15"],
    [{ promotionTier: 0 }],
  ],
  "database-windows": [
    [{ backupWindow: "02:00-03:00", maintenanceWindow: "sun:03:00-sun:04:00" }],
    [{ backupWindow: "23:30-00:30", maintenanceWindow: "Mon:00:30-Mon:01:30" }],
    [{ backupWindow: UNKNOWN, maintenanceWindow: "sun:03:00-sun:04:00" }],
    [{ backupWindow: "early", maintenanceWindow: "sun:03:00-sun:04:00" }],
    [
      { backupWindow: "03:00-04:00", maintenanceWindow: "Mon:03:30-Mon:04:30" },
      "backupWindow and maintenanceWindow overlap in UTC; AWS requires windows that do not overlap",
    ],
    [
      { backupWindow: "04:00-04:30", maintenanceWindow: "sat:23:00-sun:05:00" },
      "backupWindow and maintenanceWindow overlap in UTC; AWS requires windows that do not overlap",
    ],
    [
      { preferredBackupWindow: "23:30-00:30", preferredMaintenanceWindow: "tue:00:00-tue:00:30" },
      "preferredBackupWindow and preferredMaintenanceWindow overlap in UTC; AWS requires windows that do not overlap",
    ],
  ],
  "database-backtrack": [
    [{ backtrackWindow: 259201 }, "backtrackWindow is 259201; AWS allows a whole number from 0 to 259200"],
    [{ backtrackWindow: 259200 }],
  ],
  "cache-engine": [
    [
      { engine: "redis7" },
      'engine is another string (not shown, as it may be secret); AWS allows "memcached", "redis", "valkey"',
    ],
    [{ engine: "valkey" }],
  ],
};
