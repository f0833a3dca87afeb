import { readEach } from "../../../read-each";
import { given } from "../../../stack";
import { DATABASE_INSTANCE, TABLE } from "../api-prose/types";
import { text, wholeNumber } from "../known";
import { regionOf } from "../regions";
import { alone, pair, type Relation } from "./relation";

/** Relations of tables, databases and their replicas. */
export const data: readonly Relation[] = [
  {
    of: TABLE,
    source:
      "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required",
    fix: '{ replicas: [{ regionName: "eu-central-1" }] }, Regions other than the table\'s own',
    judge: alone((table) => {
      const region = regionOf(table);
      const own = readEach(table.props, "replicas.*.regionName").find(
        ({ reading }) => region !== undefined && text(reading) === region,
      );
      return own === undefined
        ? undefined
        : `${own.label} is ${region}, the table's own Region; it must be another Region`;
    }),
  },
  {
    of: DATABASE_INSTANCE,
    source: "InvalidDBInstanceState: Automated backups are not enabled for this database instance",
    fix: "{ backupRetentionPeriod: 7 } of the source",
    judge: pair(
      [{ property: "replicateSourceDb" }],
      DATABASE_INSTANCE,
      ["identifier", "arn", "id"],
      (_, source) =>
        wholeNumber(given(source, "backupRetentionPeriod")) === 0
          ? `backupRetentionPeriod of its source "${source.name}" is 0; it must be at least 1`
          : undefined,
    ),
  },
];
