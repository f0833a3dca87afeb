import { isTrue, read } from "../../../read";
import { readEach } from "../../../read-each";
import { between, oneOf, refusal, text, wholeNumber } from "../known";
import { all, characters, each, expecting, form, isSet } from "./line";
import type { Limit, Line } from "./line";
import {
  CACHE_CLUSTER,
  CACHE_GROUP,
  DATABASE_CLUSTER,
  DATABASE_CLUSTER_INSTANCE,
  DATABASE_GROUP,
  DATABASE_INSTANCE,
  DOCUMENT_CLUSTER,
  GRAPH_CLUSTER,
  MEMORY_CLUSTER,
  MESSAGE_BROKER,
  SERVERLESS_CACHE,
  WAREHOUSE,
} from "./types";

const RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const CACHE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference";

const ALL_CLUSTERS = [...DATABASE_CLUSTER, ...DOCUMENT_CLUSTER, ...GRAPH_CLUSTER];

/** Kinds of engines, which rarely change, unlike editions. */
const ENGINE =
  "(aurora(-mysql|-postgresql)?|custom-.+|db2-.+|docdb|mariadb|mysql|neptune|oracle-.+|postgres|sqlserver-.+)";

const IS_ENGINE = new RegExp(`^${ENGINE}$`);

const IS_FAMILY = new RegExp(`^${ENGINE}-?\\d[\\d.]*$`);

/** Names that begin with a letter and have single hyphens within. */
export function identifier(most: number): Limit {
  return form(
    (name) => /^[A-Za-z][A-Za-z0-9-]*$/.test(name) && !/--|-$/.test(name) && name.length <= most,
    `1 to ${most} letters, digits and single hyphens, a letter first and no hyphen last`,
  );
}

const engineOf = (props: unknown): string => text(read(props, ["engine"])) ?? "";

/** Limits of a password: its length, and the printable characters that it may not contain. */
function password(most: number, others: string, least = 8): Limit {
  const refused = others.replace(/[\\\]]/g, "\\$&");
  return all(
    form((value) => value.length >= least, `${least} to ${most} characters`),
    characters(most, `none of ${others} or a space`, new RegExp(`[^!-~]|[${refused}]`, "gu")),
  );
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY = 24 * 60;

/** Minutes since the beginning of Sunday, or of the day if no day is named. */
function minuteOf(day: string | undefined, hour = "", minute = ""): number {
  return Math.max(0, DAYS.indexOf(day?.toLowerCase() ?? "")) * DAY + Number(hour) * 60 + Number(minute);
}

const WINDOW_TIME = String.raw`(?:(sun|mon|tue|wed|thu|fri|sat):)?([01]\d|2[0-3]):([0-5]\d)`;
const WINDOW = new RegExp(`^${WINDOW_TIME}-${WINDOW_TIME}$`, "i");

/** The beginning of a window and its length in minutes; undefined if it has another form or is not known. */
function windowOf(window: string | undefined, period: number): readonly [number, number] | undefined {
  const found = WINDOW.exec(window ?? "");
  if (found === null) return undefined;
  const begin = minuteOf(found[1], found[2], found[3]);
  return [begin, (minuteOf(found[4], found[5], found[6]) - begin + period) % period];
}

/** The daily window of backups and the weekly one of maintenance. */
function windowProblems(props: unknown): (string | undefined)[] {
  return [
    ["backupWindow", "maintenanceWindow"],
    ["preferredBackupWindow", "preferredMaintenanceWindow"],
  ].map(([daily = "", weekly = ""]) => {
    const backup = windowOf(text(read(props, [daily])), DAY);
    const upkeep = windowOf(text(read(props, [weekly])), 7 * DAY);
    if (backup === undefined || upkeep === undefined) return undefined;
    // Minutes from the beginning of one to the next beginning of the other, on any day.
    const after = (later: number, earlier: number): number => (((later - earlier) % DAY) + DAY) % DAY;
    const overlaps = after(upkeep[0], backup[0]) < backup[1] || after(backup[0], upkeep[0]) < upkeep[1];
    return overlaps
      ? `${daily} and ${weekly} overlap in UTC; AWS requires windows that do not overlap`
      : undefined;
  });
}

function passwordProblems(props: unknown): readonly (string | undefined)[] {
  const engine = engineOf(props);
  const limit = /mysql|mariadb/.test(engine)
    ? password(41, '/@"')
    : engine.startsWith("oracle")
      ? password(30, "/@\"&'")
      : password(engine.startsWith("db2") ? 255 : 128, '/@"');
  return each(["password", "masterPassword"], limit)(props);
}

/** The logs that each kind of engine does not have. */
const OTHERS_LOGS: readonly (readonly [engine: RegExp, logs: readonly string[]])[] = [
  [/postgres/, ["audit", "error", "general", "slowquery"]],
  [/mysql|mariadb/, ["postgresql", "upgrade"]],
];

/**
 * Storage in GB; the maximum must not be below the initial size. AWS accepts 5 for gp2, though the page says 20.
 * Source: `TestAccRDSInstance_basic` of terraform-provider-aws, which creates 10.
 */
function storageProblems(props: unknown): (string | undefined)[] {
  const [size, most] = ["allocatedStorage", "maxAllocatedStorage"].map((name) =>
    wholeNumber(read(props, [name])),
  );
  const [type = ""] = /^(gp[23]|io[12]|standard)$/.exec(text(read(props, ["storageType"])) ?? "") ?? [];
  const isProvisioned = type.startsWith("io") && /mysql|mariadb|postgres|oracle-/.test(engineOf(props));
  const least = isProvisioned ? 100 : type === "gp3" ? 20 : 5;
  return [
    size !== undefined && size < least
      ? `allocatedStorage is ${size}${type === "" ? "" : `, but storageType is "${type}"`}; AWS requires at least ${least}`
      : undefined,
    size !== undefined && most !== undefined && most > 0 && most < size
      ? `maxAllocatedStorage is ${most}, but allocatedStorage is ${size}; AWS requires at least ${size}`
      : undefined,
  ];
}

/** Capacity in steps of 0.5; the minimum must not exceed the maximum. */
function capacityProblems(props: unknown): (string | undefined)[] {
  return ["serverlessv2ScalingConfiguration", "serverlessV2ScalingConfiguration"].flatMap((block) => {
    const [least, most] = ["minCapacity", "maxCapacity"].map((name) => read(props, [block, name]));
    const [low, high] = [least, most].map((one) => (one?.kind === "known" ? Number(one.value) : NaN));
    const half = {
      accepts: (value: unknown) =>
        Number(value) >= 0 && Number(value) <= 256 && Number.isInteger(+value! * 2),
      allowed: "0 to 256 in steps of 0.5",
      vocabulary: /^-?[\d.]{1,9}$/,
    };
    return [
      refusal(`${block}.minCapacity`, least!, half),
      refusal(`${block}.maxCapacity`, most!, half),
      low! > high!
        ? `${block}.minCapacity is ${low}, but maxCapacity is ${high}; AWS allows at most ${high}`
        : undefined,
    ];
  });
}

/** RDS, DocumentDB, Neptune, ElastiCache, MemoryDB, Redshift and the users of Amazon MQ. */
export const DATABASES = {
  "database-engine": {
    types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER, ...DATABASE_CLUSTER_INSTANCE],
    problems: each(
      ["engine"],
      form((name) => IS_ENGINE.test(name), "engines such as mysql, postgres or aurora-mysql"),
    ),
    example: { snapshotIdentifier: "store-2026-11-01", engine: "postgres" },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "database-group-name": {
    types: DATABASE_GROUP,
    problems: each(["name"], identifier(255)),
    example: { name: "store-postgres17" },
    source: `${RDS}/API_CreateDBParameterGroup.html`,
  },
  "database-tier": {
    types: DATABASE_CLUSTER_INSTANCE,
    problems: each(["promotionTier"], expecting(between(0, 15))),
    example: { promotionTier: 1 },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "database-windows": {
    types: [...DATABASE_INSTANCE, ...ALL_CLUSTERS],
    problems: windowProblems,
    example: { engine: "mysql", backupWindow: "02:00-03:00", maintenanceWindow: "sun:04:00-sun:05:00" },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html",
  },
  "database-backtrack": {
    types: DATABASE_CLUSTER,
    problems: each(["backtrackWindow"], expecting(between(0, 259_200))),
    example: { backtrackWindow: 86_400 },
    source: `${RDS}/API_CreateDBCluster.html`,
  },
  "database-family": {
    types: DATABASE_GROUP,
    problems: each(
      ["family"],
      form((name) => IS_FAMILY.test(name), "families such as postgres17 or mysql8.4"),
    ),
    example: { family: "aurora-postgresql16" },
    source: `${RDS}/API_CreateDBParameterGroup.html`,
  },
  "database-password": {
    types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER, ...DOCUMENT_CLUSTER],
    problems: passwordProblems,
    example: { engine: "mysql", password: "twelve-marmots" },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "database-user": {
    types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER, ...DOCUMENT_CLUSTER],
    problems: (props) => {
      const own = /postgres|docdb/.test(engineOf(props)) ? ["admin", "rdsadmin"] : ["rdsadmin"];
      return each(
        ["username", "masterUsername"],
        form(
          (name) => /^[A-Za-z]/.test(name) && !own.includes(name.toLowerCase()),
          `names that begin with a letter, other than ${own.join(" and ")}`,
        ),
      )(props);
    },
    example: { engine: "postgres", username: "store" },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "database-name": {
    types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
    problems: (props) =>
      /mysql|mariadb|postgres/.test(engineOf(props))
        ? each(
            ["dbName", "databaseName"],
            form((name) => /^[A-Za-z_]\w*$/.test(name), "letters, digits and _, no digit first"),
          )(props)
        : [],
    example: { engine: "postgres", dbName: "store" },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "database-storage": {
    types: DATABASE_INSTANCE,
    problems: storageProblems,
    example: { engine: "postgres", allocatedStorage: 20, storageType: "gp3", maxAllocatedStorage: 100 },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html",
  },
  "database-logs": {
    types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER],
    problems: (props) => {
      const engine = engineOf(props);
      const [, others = []] = OTHERS_LOGS.find(([kind]) => kind.test(engine)) ?? [];
      return readEach(props, "enabledCloudwatchLogsExports.*").map(({ label, reading }) =>
        others.includes(text(reading) ?? "")
          ? `${label} is "${text(reading)}", a log of other engines; AWS allows only logs of this engine`
          : undefined,
      );
    },
    example: { engine: "postgres", enabledCloudwatchLogsExports: ["postgresql"] },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "database-insights": {
    types: [...DATABASE_INSTANCE, ...DATABASE_CLUSTER, ...DATABASE_CLUSTER_INSTANCE],
    problems: each(
      ["performanceInsightsRetentionPeriod"],
      expecting({
        accepts: (value) => {
          const days = wholeNumber({ kind: "known", value }) ?? -1;
          return days === 7 || days === 731 || (days >= 0 && days <= 713 && days % 31 === 0);
        },
        allowed: "7, 731 or a multiple of 31 up to 713 (days)",
        vocabulary: /^-?\d{1,9}$/,
      }),
    ),
    example: { performanceInsightsRetentionPeriod: 93 },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "cluster-identifier": {
    types: [...ALL_CLUSTERS, ...DATABASE_CLUSTER_INSTANCE, ...WAREHOUSE],
    problems: each(["clusterIdentifier", "identifier"], identifier(63)),
    example: { clusterIdentifier: "store-orders" },
    source: `${RDS}/API_CreateDBCluster.html`,
  },
  "cluster-backups": {
    types: ALL_CLUSTERS,
    problems: each(["backupRetentionPeriod"], expecting(between(0, 35))),
    example: { backupRetentionPeriod: 7 },
    source: `${RDS}/API_CreateDBCluster.html`,
  },
  "serverless-capacity": {
    types: ALL_CLUSTERS,
    problems: capacityProblems,
    example: { serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8 } },
    source: `${RDS}/API_ServerlessV2ScalingConfiguration.html`,
  },
  "cache-identifier": {
    types: [...CACHE_GROUP, ...CACHE_CLUSTER, ...MEMORY_CLUSTER],
    problems: (props) => [
      ...each(["replicationGroupId", "name"], identifier(40))(props),
      ...each(["clusterId"], identifier(50))(props),
    ],
    example: { replicationGroupId: "store-sessions" },
    source: `${CACHE}/API_CreateReplicationGroup.html`,
  },
  "cache-copies": {
    types: [...CACHE_GROUP, ...MEMORY_CLUSTER],
    problems: (props) => [
      ...each(["numCacheClusters"], expecting(between(1, 6)))(props),
      ...each(["replicasPerNodeGroup", "numReplicasPerShard"], expecting(between(0, 5)))(props),
    ],
    example: { numCacheClusters: 2 },
    source: `${CACHE}/API_CreateReplicationGroup.html`,
  },
  "cache-failover": {
    types: CACHE_GROUP,
    problems: (props) => {
      const fails = read(props, ["automaticFailoverEnabled"]);
      return [
        isTrue(fails) && wholeNumber(read(props, ["numCacheClusters"])) === 1
          ? "automaticFailoverEnabled is true, but numCacheClusters is 1; AWS requires at least 2"
          : undefined,
        // A secondary replication group has the settings of its global datastore.
        isTrue(read(props, ["multiAzEnabled"])) &&
        !isTrue(fails) &&
        fails.kind !== "unknown" &&
        !isSet(props, "globalReplicationGroupId")
          ? "multiAzEnabled is true, but automaticFailoverEnabled is not; AWS allows it only with automatic failover"
          : undefined,
      ];
    },
    example: { automaticFailoverEnabled: true, multiAzEnabled: true, numCacheClusters: 2 },
    source: `${CACHE}/API_CreateReplicationGroup.html`,
  },
  "cache-token": {
    types: CACHE_GROUP,
    problems: (props) => {
      const encrypted = read(props, ["transitEncryptionEnabled"]);
      return [
        ...each(["authToken"], password(128, '/@"', 16))(props),
        isSet(props, "authToken") && encrypted.kind === "known" && !isTrue(encrypted)
          ? "authToken is set, but transitEncryptionEnabled is false; AWS allows it only with encryption in transit"
          : undefined,
      ];
    },
    example: { authToken: "twelve-marmots-and-one", transitEncryptionEnabled: true },
    source: `${CACHE}/API_CreateReplicationGroup.html`,
  },
  "cache-nodes": {
    types: CACHE_CLUSTER,
    problems: (props) => {
      const engine = engineOf(props);
      const nodes = wholeNumber(read(props, ["numCacheNodes"]));
      return [
        ...each(["engine"], expecting(oneOf(["memcached", "redis", "valkey"])))(props),
        ["redis", "valkey"].includes(engine) && nodes !== undefined && nodes > 1
          ? `numCacheNodes is ${nodes}, but engine is "${engine}"; AWS allows 1, or more in a replication group`
          : undefined,
        text(read(props, ["azMode"])) === "cross-az" && nodes === 1
          ? 'numCacheNodes is 1, but azMode is "cross-az"; AWS requires at least 2'
          : undefined,
      ];
    },
    example: { engine: "memcached", azMode: "cross-az", numCacheNodes: 2 },
    source: `${CACHE}/API_CreateCacheCluster.html`,
  },
  "cache-engine": {
    types: SERVERLESS_CACHE,
    problems: each(["engine"], expecting(oneOf(["memcached", "redis", "valkey"]))),
    example: { engine: "valkey" },
    source: `${CACHE}/API_CreateServerlessCache.html`,
  },
  "warehouse-password": {
    types: WAREHOUSE,
    problems: each(
      ["masterPassword"],
      all(
        password(64, "/@\"'\\"),
        form(
          (value) => [/[A-Z]/, /[a-z]/, /\d/].every((kind) => kind.test(value)),
          "with A-Z, a-z and 0-9 among them",
        ),
      ),
    ),
    example: { masterPassword: "Twelve-marmots-1" },
    source: "https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html",
  },
  "warehouse-nodes": {
    types: WAREHOUSE,
    problems: (props) => [
      text(read(props, ["clusterType"])) === "multi-node" && wholeNumber(read(props, ["numberOfNodes"])) === 1
        ? 'numberOfNodes is 1, but clusterType is "multi-node"; AWS requires at least 2'
        : undefined,
    ],
    example: { clusterType: "multi-node", numberOfNodes: 2 },
    source: "https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html",
  },
  "broker-password": {
    types: MESSAGE_BROKER,
    problems: each(
      ["users.*.password"],
      form(
        (value) => value.length >= 12 && new Set(value).size >= 4 && !/[,:=]/.test(value),
        "at least 12 characters, at least 4 of them different, and none of ,:=",
      ),
    ),
    example: { users: [{ username: "store", password: "twelve-marmots" }] },
    source: "https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html",
  },
} satisfies Readonly<Record<string, Line>>;
