import type { Boot } from "./parts";
import { shellWord, systemdWord } from "./quoting";
import { SANDBOX } from "./sandbox";

/** The sample store's release and resources. */
export interface StoreRelease {
  /** The bucket of the release. */
  readonly bucket: string;
  /** The object's key. */
  readonly key: string;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Name of the DynamoDB table for orders. */
  readonly ordersTable: string;
  /** ARN of the load balancer where visitors sign in; undefined without a login. */
  readonly loginSigner?: string | undefined;
}

/** Arguments of {@link bootStore}. */
export interface BootStoreArgs extends StoreRelease {
  /** The store's title on its pages; any text without control characters. */
  readonly title: string;
  /** Address to listen on; empty for all. */
  readonly host: string;
  /** TCP port to listen on. */
  readonly port: number;
  /** The load balancer's idle timeout in seconds. */
  readonly idleTimeoutSeconds: number;
  /** Seconds that requests in flight have to finish when the store stops; 0 for the store's default of 25. */
  readonly stopSeconds: number;
  /** AWS Region of the table. */
  readonly region: string;
}

/**
 * The Node.js package of Amazon Linux. Amazon Linux's packages are in S3, so that no NAT gateway is needed.
 */
const NODE = { package: "nodejs22", program: "/usr/bin/node-22" } as const;

const FILE = "/opt/store/app/store.cjs";

/** The file of variables that identify the instance. */
const IDENTITY = "/opt/store/instance.env";

/** Variables that the unit sets; a stack's environment may not set them. */
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
 * Downloads the sample store, verifies its hash, records the instance's id and Availability Zone, and runs
 * the store.
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
    // Slightly less than systemd waits, so that the store ends before systemd kills it.
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

/** An assignment in a unit. Unlike in a command line, `$` variables are not expanded. */
function environmentWord(name: string, value: string): string {
  return systemdWord(`${name}=${value}`).replaceAll("$$", "$");
}
