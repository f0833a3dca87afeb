import type { Boot } from "./parts";
import { shellWord, systemdWord } from "./quoting";
import { SANDBOX } from "./sandbox";

/** The sample store as an instance finds it. */
export interface StoreRelease {
  /** The bucket that it is in. */
  readonly bucket: string;
  /** Its key there. */
  readonly key: string;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Name of the DynamoDB table of its orders. */
  readonly ordersTable: string;
  /** ARN of the load balancer where visitors sign in; undefined where nobody does. */
  readonly loginSigner?: string | undefined;
}

/** Arguments of {@link bootStore}. */
export interface BootStoreArgs extends StoreRelease {
  /** What its pages call it; any text without control characters. */
  readonly title: string;
  /** Address to listen on; empty for all. */
  readonly host: string;
  /** TCP port to listen on. */
  readonly port: number;
  /** Seconds that the load balancer keeps an idle connection. */
  readonly idleTimeoutSeconds: number;
  /** Seconds that requests under way have when it is asked to stop; 0 for the store's own 25. */
  readonly stopSeconds: number;
  /** AWS Region of the table. */
  readonly region: string;
}

/** What runs it, out of Amazon Linux's own packages: they are in S3, so that no NAT gateway is needed. */
const NODE = { package: "nodejs22", program: "/usr/bin/node-22" } as const;

const FILE = "/opt/store/app/store.cjs";

/** Who the instance is: a file of variables. */
const IDENTITY = "/opt/store/instance.env";

/** Variables that the unit sets; a stack's own environment may not. */
export const STORE_VARIABLES: readonly string[] = [
  "HOST",
  "STORE_TITLE",
  "ORDERS_TABLE",
  "ORDERS_FILE",
  "AWS_REGION",
  "INSTANCE_ID",
  "AVAILABILITY_ZONE",
  "IDLE_TIMEOUT_SECONDS",
  "DRAIN_SECONDS",
  "STOP_SECONDS",
  "LOGIN_SIGNER",
];

/**
 * Downloads the sample store, compares its hash, writes down which instance this is, and runs it.
 *
 * @see https://docs.aws.amazon.com/linux/al2023/ug/nodejs.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export function bootStore(args: BootStoreArgs): Boot {
  const variables = {
    PORT: args.port,
    HOST: args.host || "0.0.0.0",
    STORE_TITLE: args.title,
    ORDERS_TABLE: args.ordersTable,
    AWS_REGION: args.region,
    IDLE_TIMEOUT_SECONDS: args.idleTimeoutSeconds,
    ...(args.loginSigner === undefined ? {} : { LOGIN_SIGNER: args.loginSigner }),
    // A little less than systemd waits, so that it ends by itself.
    ...(args.stopSeconds > 0 ? { STOP_SECONDS: Math.max(1, args.stopSeconds - 5) } : {}),
  };
  return {
    steps: [
      `retry dnf install --assumeyes ${NODE.package}`,
      "install --directory --mode 0755 /opt/store/app",
      `retry aws s3api get-object --bucket ${shellWord(args.bucket)} --key ${shellWord(args.key)} ${FILE}`,
      `sha256sum --check --strict <<< "${args.sha256}  ${FILE}"`,
      `chmod 0644 ${FILE}`,
      'imds="${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}/latest"',
      'ask() { curl --fail --silent --show-error --max-time 5 "$@"; }',
      'token=$(retry ask --request PUT --header "X-aws-ec2-metadata-token-ttl-seconds: 60" "$imds/api/token")',
      'about() { retry ask --header "X-aws-ec2-metadata-token: $token" "$imds/meta-data/$1"; }',
      "id=$(about instance-id)",
      "zone=$(about placement/availability-zone)",
      `printf 'INSTANCE_ID=%s\\nAVAILABILITY_ZONE=%s\\n' "$id" "$zone" > ${IDENTITY}`,
    ],
    files: [],
    unit: ["Wants=network-online.target", "After=network-online.target"],
    service: [
      `ExecStart=${NODE.program} ${FILE}`,
      ...Object.entries(variables).map(
        ([name, value]) => `Environment=${environmentWord(name, String(value))}`,
      ),
      `EnvironmentFile=${IDENTITY}`,
      ...SANDBOX,
    ],
  };
}

/** An assignment; unlike a command line, it knows no `$` variables. */
function environmentWord(name: string, value: string): string {
  return systemdWord(`${name}=${value}`).replaceAll("$$", "$");
}
