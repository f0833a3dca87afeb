/** S3, DynamoDB, RDS, ElastiCache, EFS, ECR. */
import type { Values } from "../../values";
import { CREATED } from "../fill";
import { hex, lower, upper } from "../hash";
import { regionFacts } from "../regions";
import { type Draft, type Model, type Models, named, prefixed } from "./draft";

/** The bucket's name is its id; the other outputs follow from it. */
const bucket: Model = {
  id: (draft) => {
    const prefix = draft.text("bucketPrefix");
    return draft.text("bucket") ?? (prefix === undefined ? draft.name : prefix + draft.hex(26, "name"));
  },
  outputs: (draft, id) => ({
    bucket: id,
    arn: draft.globalArn("s3", id, ""),
    bucketDomainName: `${id}.s3.${draft.dnsSuffix}`,
    bucketRegion: draft.region,
    bucketRegionalDomainName: `${id}.s3.${draft.region}.${draft.dnsSuffix}`,
    hostedZoneId: regionFacts(draft.region)?.s3,
    requestPayer: draft.text("requestPayer") ?? "BucketOwner",
    // Every new object is encrypted: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
    serverSideEncryptionConfiguration: draft.object("serverSideEncryptionConfiguration") ?? {
      rule: {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
        blockedEncryptionTypes: [],
        bucketKeyEnabled: false,
      },
    },
    versioning: { enabled: false, mfaDelete: false, ...draft.object("versioning") },
    // A bucket has none of these by default.
    logging: draft.object("logging") ?? null,
    objectLockConfiguration: draft.object("objectLockConfiguration") ?? null,
    replicationConfiguration: draft.object("replicationConfiguration") ?? null,
    website: draft.object("website") ?? null,
    websiteDomain: "",
    websiteEndpoint: "",
  }),
};

/** The id of a bucket's setting is the bucket's name. */
const bucketSetting: Model = { id: (draft) => draft.text("bucket") ?? draft.name };

const bucketObject: Model = {
  id: (draft) => [draft.text("bucket"), draft.text("key") ?? draft.name].filter((part) => part).join("/"),
  outputs: (draft, id) => ({
    key: draft.text("key") ?? draft.name,
    arn: draft.globalArn("s3", id, ""),
    etag: draft.hex(32, "etag"),
    storageClass: draft.text("storageClass") ?? "STANDARD",
    serverSideEncryption: draft.text("serverSideEncryption") ?? "AES256",
  }),
};

/** Default ports by the start of the engine's name. Source: RDS's CreateDBInstance, `Port`. */
const PORTS: readonly (readonly [string, number])[] = [
  ["aurora-postgres", 5432],
  ["aurora", 3306],
  ["postgres", 5432],
  ["sqlserver", 1433],
  ["oracle", 1521],
  ["db2", 50000],
];

function port(draft: Draft): number {
  const given = draft.inputs["port"];
  if (typeof given === "number") return given;
  const engine = draft.text("engine") ?? "";
  return PORTS.find(([start]) => engine.startsWith(start))?.[1] ?? 3306;
}

/** Every database host name of an account and region has the same part in the middle. */
function databaseHost(draft: Draft, identifier: string, infix = ""): string {
  const account = lower(`${draft.accountId} ${draft.region} rds`, 12);
  return `${identifier}.${infix}${account}.${draft.region}.rds.${draft.dnsSuffix}`;
}

const identifier = (draft: Draft, property: string): string => {
  const prefix = draft.text(`${property}Prefix`);
  return (
    draft.text(property) ?? (prefix === undefined ? draft.name.toLowerCase() : prefix + draft.hex(26, "name"))
  );
};

/** The secret in which RDS keeps the password, if it manages it. */
function masterUserSecrets(draft: Draft, kind: "db" | "cluster"): Values {
  if (!draft.flag("manageMasterUserPassword")) return {};
  const id = draft.hex(32, "secret").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const secretArn = draft.arn("secretsmanager", `secret:rds!${kind}-${id}-${draft.hex(6, "secret suffix")}`);
  return {
    masterUserSecrets: [{ kmsKeyId: draft.arn("kms", `key/${id}`), secretArn, secretStatus: "creating" }],
  };
}

const database: Model = {
  // Since version 6 the id is AWS's, not the name.
  id: (draft) => `db-${upper(draft.salted("id"), 26)}`,
  outputs: (draft, resourceId) => {
    const name = identifier(draft, "identifier");
    const address = databaseHost(draft, name);
    return {
      identifier: name,
      resourceId,
      arn: draft.arn("rds", `db:${name}`),
      address,
      endpoint: `${address}:${port(draft)}`,
      port: port(draft),
      engineVersionActual: draft.text("engineVersion"),
      availabilityZone: draft.text("availabilityZone") ?? `${draft.region}a`,
      status: "available",
      ...masterUserSecrets(draft, "db"),
    };
  },
};

const databaseCluster: Model = {
  id: (draft) => identifier(draft, "clusterIdentifier"),
  outputs: (draft, name) => ({
    clusterIdentifier: name,
    clusterResourceId: `cluster-${upper(draft.salted("id"), 26)}`,
    arn: draft.arn("rds", `cluster:${name}`),
    endpoint: databaseHost(draft, name, "cluster-"),
    readerEndpoint: databaseHost(draft, name, "cluster-ro-"),
    port: port(draft),
    engineVersionActual: draft.text("engineVersion"),
    ...masterUserSecrets(draft, "cluster"),
  }),
};

const table = named(
  (draft, name) => draft.arn("dynamodb", `table/${name}`),
  (draft, name) => {
    const streamLabel = draft.flag("streamEnabled") ? CREATED.replace("Z", ".000") : "";
    return {
      streamLabel,
      streamArn: streamLabel && draft.arn("dynamodb", `table/${name}/stream/${streamLabel}`),
      readCapacity: draft.inputs["readCapacity"] ?? 0,
      writeCapacity: draft.inputs["writeCapacity"] ?? 0,
    };
  },
);

/** The host names of caches have a part that is the same for the whole account. */
const cacheHost = (draft: Draft, name: string): string =>
  `${name}.${lower(`${draft.accountId} cache`, 6)}.${draft.region.replace(/[^a-z0-9]/g, "")}.cache.${draft.dnsSuffix}`;

/** The nodes of a cluster. Programs use the first one's address. Their ids: API_CacheNode. */
function cacheNodes(draft: Draft, cluster: string): Values[] {
  const { numCacheNodes: count, port } = draft.inputs;
  const usual = draft.text("engine") === "memcached" ? 11211 : 6379;
  return Array.from({ length: typeof count === "number" ? count : 1 }, (_, nth) => {
    const id = String(nth + 1).padStart(4, "0");
    const address = cacheHost(draft, `${cluster}.${id}`);
    return {
      id,
      address,
      port: typeof port === "number" ? port : usual,
      availabilityZone: draft.text("availabilityZone") ?? `${draft.region}a`,
      outpostArn: "",
    };
  });
}

const SETTINGS = [
  "AccelerateConfiguration",
  "Acl",
  "CorsConfiguration",
  "LifecycleConfiguration",
  "Logging",
  "Notification",
  "ObjectLockConfiguration",
  "OwnershipControls",
  "Policy",
  "PublicAccessBlock",
  "RequestPaymentConfiguration",
  "ServerSideEncryptionConfiguration",
  "Versioning",
];

/** Models of `aws:s3/*`, `aws:dynamodb/*`, `aws:rds/*`, `aws:elasticache/*`, `aws:efs/*` and `aws:ecr/*`. */
export const storageAndData: Models = {
  "s3/bucket": bucket,
  "s3/bucketV2": bucket,
  ...Object.fromEntries(
    SETTINGS.flatMap((setting) => [
      [`s3/bucket${setting}`, bucketSetting],
      [`s3/bucket${setting}V2`, bucketSetting],
    ]),
  ),
  "s3/bucketWebsiteConfiguration": {
    ...bucketSetting,
    outputs: (draft, id) => ({
      websiteDomain: `s3-website.${draft.region}.${draft.dnsSuffix}`,
      websiteEndpoint: `${id}.s3-website.${draft.region}.${draft.dnsSuffix}`,
    }),
  },
  "s3/bucketObject": bucketObject,
  "s3/bucketObjectv2": bucketObject,
  "dynamodb/table": table,
  "rds/instance": database,
  "rds/cluster": databaseCluster,
  "rds/clusterInstance": {
    id: (draft) => identifier(draft, "identifier"),
    outputs: (draft, name) => ({
      identifier: name,
      dbiResourceId: `db-${upper(draft.salted("id"), 26)}`,
      arn: draft.arn("rds", `db:${name}`),
      endpoint: databaseHost(draft, name),
      port: port(draft),
    }),
  },
  "rds/subnetGroup": named((draft, name) => draft.arn("rds", `subgrp:${name}`)),
  "rds/parameterGroup": named((draft, name) => draft.arn("rds", `pg:${name}`)),
  "rds/clusterParameterGroup": named((draft, name) => draft.arn("rds", `cluster-pg:${name}`)),
  "elasticache/cluster": {
    id: (draft) => identifier(draft, "clusterId"),
    outputs: (draft, id) => ({
      clusterId: id,
      arn: draft.arn("elasticache", `cluster:${id}`),
      clusterAddress: cacheHost(draft, `${id}.cfg`),
      configurationEndpoint: `${cacheHost(draft, `${id}.cfg`)}:11211`,
      cacheNodes: cacheNodes(draft, id),
    }),
  },
  "elasticache/replicationGroup": {
    id: (draft) => identifier(draft, "replicationGroupId"),
    outputs: (draft, id) => ({
      replicationGroupId: id,
      arn: draft.arn("elasticache", `replicationgroup:${id}`),
      primaryEndpointAddress: cacheHost(draft, `master.${id}`),
      readerEndpointAddress: cacheHost(draft, `replica.${id}`),
      configurationEndpointAddress: cacheHost(draft, `clustercfg.${id}`),
    }),
  },
  "elasticache/serverlessCache": named(
    (draft, name) => draft.arn("elasticache", `serverlesscache:${name}`),
    (draft, name) => {
      const address = cacheHost(draft, `${name}-${lower(draft.salted("id"), 6)}.serverless`);
      return { endpoints: [{ address, port: 6379 }], readerEndpoints: [{ address, port: 6380 }] };
    },
  ),
  "elasticache/subnetGroup": named((draft, name) => draft.arn("elasticache", `subnetgroup:${name}`)),
  "memorydb/cluster": named(
    (draft, name) => draft.arn("memorydb", `cluster/${name}`),
    (draft, name) => {
      const address = `clustercfg.${name}.${lower(draft.salted("id"), 6)}.memorydb.${draft.region}.${draft.dnsSuffix}`;
      return { clusterEndpoints: [{ address, port: draft.inputs["port"] ?? 6379 }] };
    },
  ),
  ...Object.fromEntries(
    ["lustre", "ontap", "openZfs", "windows"].map((kind): [string, Model] => [
      `fsx/${kind}FileSystem`,
      prefixed("fs", undefined, (draft, id) => ({ arn: draft.arn("fsx", `file-system/${id}`) })),
    ]),
  ),
  "efs/fileSystem": prefixed("fs", undefined, (draft, id) => ({
    arn: draft.arn("elasticfilesystem", `file-system/${id}`),
    dnsName: `${id}.efs.${draft.region}.${draft.dnsSuffix}`,
  })),
  "efs/accessPoint": prefixed("fsap", undefined, (draft, id) => ({
    arn: draft.arn("elasticfilesystem", `access-point/${id}`),
  })),
  "efs/mountTarget": prefixed("fsmt"),
  "ecr/repository": named(
    (draft, name) => draft.arn("ecr", `repository/${name}`),
    (draft, name) => ({
      registryId: draft.accountId,
      repositoryUrl: `${draft.accountId}.dkr.ecr.${draft.region}.${draft.dnsSuffix}/${name}`,
    }),
  ),
  "backup/vault": named((draft, name) => draft.arn("backup", `backup-vault:${name}`)),
  "kinesis/stream": named((draft, name) => draft.arn("kinesis", `stream/${name}`)),
  "s3/accessPoint": named(
    (draft, name) => draft.arn("s3", `accesspoint/${name}`),
    (draft, name) => ({ alias: `${name}-${hex(draft.salted("alias"), 20)}-s3alias` }),
  ),
};
