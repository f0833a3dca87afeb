import { hostname } from "node:os";

/** The store's configuration, from environment variables. */
export interface Config {
  /** TCP port to listen on. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** The store's title on its pages. */
  readonly title: string;
  /** Id of this instance, shown to visitors in `X-Served-By`. */
  readonly instanceId: string;
  /** Its Availability Zone. */
  readonly availabilityZone: string;
  /** Name of the DynamoDB table of orders; undefined for SQLite. */
  readonly ordersTable: string | undefined;
  /** File of SQLite's database, or `:memory:`. */
  readonly ordersFile: string;
  /** ARN of the load balancer where visitors sign in; undefined without a login. */
  readonly loginSigner: string | undefined;
  /** URL of that load balancer's public keys, without a trailing slash. */
  readonly loginKeysUrl: string;
  /**
   * The balancer's idle timeout in seconds. The store keeps idle connections longer, so that no response is
   * lost.
   */
  readonly idleTimeoutSeconds: number;
  /** Seconds between the signal to stop, when `/readyz` begins to fail, and the last new connection. */
  readonly drainSeconds: number;
  /** Seconds that requests in flight then have to finish. */
  readonly stopSeconds: number;
}

/** An invalid configuration; the message names every fault. */
export class ConfigError extends Error {}

/**
 * Reads the environment.
 *
 * @throws ConfigError naming every fault
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const text = (name: string, fallback: string, allowed: RegExp, meaning: string): string => {
    const value = environment[name] ?? fallback;
    if (!allowed.test(value)) faults.push(`${name} is ${JSON.stringify(value)}; it must be ${meaning}`);
    return value;
  };
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const value = environment[name] ?? String(fallback);
    const number = /^\d{1,6}$/.test(value) ? Number(value) : NaN;
    if (!(number >= least && number <= most)) {
      faults.push(
        `${name} is ${JSON.stringify(value)}; it must be a whole number from ${least} to ${most}, such as ${fallback}`,
      );
    }
    return number;
  };
  const table = environment["ORDERS_TABLE"];
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
  if (table !== undefined && !/^[A-Za-z0-9_.-]{3,255}$/.test(table)) {
    faults.push(
      `ORDERS_TABLE is ${JSON.stringify(table)}; it must be the name of a DynamoDB table, or left out for SQLite`,
    );
  }
  const signer = environment["LOGIN_SIGNER"];
  const region =
    /^arn:aws[a-z-]*:elasticloadbalancing:([a-z0-9-]+):\d{12}:loadbalancer\/app\/[\w-]+\/[0-9a-f]+$/.exec(
      signer ?? "",
    )?.[1];
  if (signer !== undefined && region === undefined) {
    faults.push(
      `LOGIN_SIGNER is ${JSON.stringify(signer)}; it must be the ARN of an Application Load Balancer, or left out where nobody signs in`,
    );
  }
  const config = {
    port: whole("PORT", 8080, 0, 65_535),
    host: text("HOST", "127.0.0.1", /^[0-9A-Za-z.:-]{1,255}$/, "an address or the name of a host"),
    title: text("STORE_TITLE", "The Corner Store", /^[^\p{Cc}]{1,100}$/u, "up to 100 characters of text"),
    instanceId: text("INSTANCE_ID", hostname(), /^[\w.-]{1,100}$/, "up to 100 letters, digits and _ . -"),
    availabilityZone: text("AVAILABILITY_ZONE", "local", /^[\w-]{1,50}$/, "the name of a zone"),
    ordersTable: table,
    ordersFile: text("ORDERS_FILE", "orders.sqlite", /^[^\0]{1,4096}$/, "the path of a file, or :memory:"),
    loginSigner: signer,
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
    loginKeysUrl: text(
      "LOGIN_KEYS_URL",
      `https://public-keys.auth.elb.${region ?? "eu-west-1"}.amazonaws.com`,
      /^https?:\/\/[\w.:/-]{1,200}[\w]$/,
      "the URL of a folder of keys, without a slash at the end",
    ),
    idleTimeoutSeconds: whole("IDLE_TIMEOUT_SECONDS", 60, 1, 4000),
    drainSeconds: whole("DRAIN_SECONDS", 0, 0, 7200),
    stopSeconds: whole("STOP_SECONDS", 25, 1, 7200),
  };
  if (faults.length > 0) throw new ConfigError(faults.join("\n"));
  return config;
}
