/**
 * Generates stack files that the settings accept, from their JSON Schema. Each is one of our stack files with changes.
 * Changes that contradict each other, by the settings' violations, are undone.
 */
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { validate } from "../../stacks/settings";
import { ROOT } from "./rehearse";
import { configFrom } from "./stack-file";
import { type Schema, valuesOf } from "./schema-arbitrary";

/** The `config` of a stack file. */
export type Config = Readonly<Record<string, unknown>>;

/** A value for a path within `config`: a setting, and the fields that lead to the place. */
interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** A stack file that is accepted. */
export interface StackFile {
  readonly config: Config;
  /** How many changes were tried, and how many remain. */
  readonly changes: { readonly tried: number; readonly kept: number };
}

/** The committed schema of `config`. */
export const CONFIG_SCHEMA = (
  JSON.parse(readFileSync(join(ROOT, "stacks/settings.schema.json"), "utf8")) as {
    properties: { config: Schema };
  }
).properties.config;

/** The Region that values are generated for; then the whole file is moved to another Region. */
const HOME = "eu-west-1";

const REGIONS = [HOME, "us-east-1", "us-west-2", "eu-central-1", "ap-southeast-2", "sa-east-1"];

const ARM = ["t4g.micro", "t4g.small", "m6g.large", "m7g.large", "c7gn.xlarge", "m7g.metal", "a1.large"];
const X86 = ["t3.micro", "m5.large", "m7i-flex.large", "c7a.large", "r6i.2xlarge", "i4i.metal"];

const twoDigits = (least: number, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, "0"));

const ranges = (prefixes: { min: number; max: number }): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(0x0a000000, 0xac100000, 0xc0a80000), fc.nat(0xffff), fc.integer(prefixes))
    .map(([network, host, prefix]) => {
      const address = ((network + (host << 4)) >>> (32 - prefix)) * 2 ** (32 - prefix);
      return `${[24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".")}/${prefix}`;
    });

/** Ranges of the networks for examples, and others. */
const publicRanges = fc
  .tuple(
    fc.constantFrom("203.0.113", "198.51.100", "192.0.2", "52.95.110"),
    fc.integer({ min: 24, max: 32 }),
    fc.nat(255),
  )
  .map(([network, prefix, host]) => `${network}.${host & (0x100 - 2 ** (32 - prefix))}/${prefix}`);

/** Realistic texts, by `format`. */
export const FORMAT_TEXTS = {
  "answer-body": fc.oneof(
    fc.string({ minLength: 1, maxLength: 200, unit: "grapheme" }),
    fc.constantFrom("😀".repeat(512), "x".repeat(1024)),
  ),
  date: fc
    .tuple(fc.integer({ min: 2026, max: 2032 }), twoDigits(1, 12), twoDigits(1, 31))
    .map((parts) => parts.join("-")),
  "environment-name": fc.stringMatching(/^[A-Z][A-Z0-9_]{0,63}$/),
  "environment-value": fc.string({ minLength: 1, maxLength: 200, unit: "grapheme" }),
  "existing-vpc-range": ranges({ min: 16, max: 28 }),
  "instance-type": fc.constantFrom(...ARM, ...X86),
  "ipv4-range": ranges({ min: 12, max: 32 }),
  "oauth-scope": fc
    .uniqueArray(fc.constantFrom("email", "profile", "phone", "shop/orders"), { maxLength: 3 })
    .map((scopes) => ["openid", ...scopes].join(" ")),
  "otlp-endpoint": fc
    .tuple(
      fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/),
      fc.constantFrom("", ":443", ":4318"),
      fc.constantFrom("", "/v1"),
    )
    .map(([name, port, path]) => `https://${name}.example.com${port}${path}`),
  "asked-url": fc
    .tuple(
      fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/),
      fc.constantFrom("", ":443"),
      fc.constantFrom("", "/", "/token"),
    )
    .map(([name, port, path]) => `https://${name}.example.com${port}${path}`),
  "provider-url": fc
    .tuple(
      fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/),
      fc.constantFrom("", ":8443"),
      fc.constantFrom("", "/", "/realms/shop"),
    )
    .map(([name, port, path]) => `https://${name}.example.com${port}${path}`),
  "pem-file": fc.constant("examples/client-ca.pem"),
  "private-range": ranges({ min: 12, max: 32 }),
  "public-range": fc.oneof(
    publicRanges,
    fc
      .tuple(fc.integer({ min: 1, max: 0xffff }), fc.constantFrom(48, 56, 64))
      .map(([site, prefix]) => `2001:db8:${site.toString(16)}::/${prefix}`),
  ),
  "tag-key": fc.stringMatching(/^[A-Za-z0-9+\-=._:@]{1,128}$/),
  "tag-value": fc.stringMatching(/^[A-Za-z0-9 ÄßÑ漢_.:/=+\-@]{0,256}$/),
  "time-zone": fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
  "vpc-range": ranges({ min: 16, max: 23 }),
};

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
const names = fc
  .array(label, { minLength: 1, maxLength: 3 })
  .map((labels) => `${labels.join(".")}.example.com`);

const alternativeNames = (maxLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(
    fc.tuple(fc.constantFrom("", "*."), names).map((parts) => parts.join("")),
    { maxLength },
  );

/** Generators for settings whose values depend on others in a way that the schema can't express. */
const SETTINGS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  "web-store:hostedZoneName": fc.constant("example.com"),
  "web-store:domainName": names,
  // Rarely more than nine: CloudFront accepts no more.
  "web-store:certificate.subjectAlternativeNames": fc.oneof(
    { weight: 5, arbitrary: alternativeNames(9) },
    { weight: 1, arbitrary: alternativeNames(14) },
  ),
  "web-store:network.availabilityZones": fc
    .shuffledSubarray(["a", "b", "c", "d"], { minLength: 2 })
    .map((letters) => letters.map((letter) => HOME + letter)),
};

/** Instance types of one architecture, because an image has only one. */
const INSTANCE_TYPES = fc.oneof(
  ...[ARM, X86].map((types) => fc.shuffledSubarray(types, { minLength: 1, maxLength: 4 })),
);

/**
 * The setting that holds groups of settings under free names. Changes apply inside a group that has all required
 * settings.
 */
const APPLICATIONS = "web-store:applications";
const CHANGED_APPLICATION = "search";

/** Settings that depend on each other, which single changes seldom combine. */
const TOGETHER: readonly Config[] = [
  {
    "web-store:application": {
      source: "artifact",
      artifact: { bucket: "releases-123456789012", key: "store/1.tar.gz", sha256: "0".repeat(64) },
      command: ["bin/server"],
    },
  },
  {
    "web-store:application": {
      source: "container",
      image: `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`,
    },
  },
  {
    "web-store:application": {
      source: "container",
      image: `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`,
    },
    "web-store:healthCheck": { path: "/grpc.health.v1.Health/Check" },
    "web-store:loadBalancing": { instanceProtocol: "https", protocolVersion: "grpc" },
  },
  { "web-store:internal": { enabled: true }, "web-store:network.ipv6": true },
  {
    "web-store:routes": {
      ...Object.fromEntries(
        ["text/plain", "text/css", "application/javascript", "application/json"].map((contentType, at) => [
          `gone-${at}`,
          {
            priority: 100 + 10 * at,
            paths: [`/gone/${at}`],
            action: "fixedResponse",
            fixedResponse: { contentType },
          },
        ]),
      ),
      moved: {
        priority: 200,
        paths: ["/moved"],
        action: "redirect",
        redirect: { path: "/", permanent: false },
      },
      renamed: {
        priority: 210,
        paths: ["/renamed"],
        action: "redirect",
        redirect: { path: "/", permanent: true },
      },
    },
  },
  {
    "web-store:waf": {
      enabled: true,
      rateLimits: [
        {
          name: "any",
          path: "/",
          requestsPer5Minutes: 1000,
          methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        },
      ],
    },
  },
  {
    "web-store:login": {
      oidc: {
        issuer: "https://id.example.com",
        authorizationEndpoint: "https://id.example.com/authorize",
        tokenEndpoint: "https://id.example.com/token",
        userInfoEndpoint: "https://id.example.com/userinfo",
        clientId: "web-store",
        clientSecretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web-store-login-AbCdEf",
      },
    },
    "web-store:routes": {
      account: { priority: 100, paths: ["/account/*"], access: "login", onUnauthenticatedRequest: "deny" },
      cart: { priority: 110, paths: ["/cart/*"], access: "login", onUnauthenticatedRequest: "authenticate" },
      greeting: { priority: 120, paths: ["/hello"], access: "login", onUnauthenticatedRequest: "allow" },
    },
    [APPLICATIONS]: {
      [CHANGED_APPLICATION]: {
        priority: 300,
        paths: ["/search/*"],
        application: { source: "builtin" },
        access: "login",
        onUnauthenticatedRequest: "allow",
      },
    },
  },
  {
    "web-store:login": {
      jwt: {
        issuer: "https://id.example.com",
        jwksEndpoint: "https://id.example.com/.well-known/jwks.json",
        claims: {
          scope: { format: "space-separated-values", values: ["orders.write"] },
          roles: { format: "string-array", values: ["shop"] },
          tenant: { format: "single-string", values: ["shop"] },
        },
      },
    },
    "web-store:routes": { api: { priority: 100, paths: ["/api/*"], access: "token" } },
    [APPLICATIONS]: {
      [CHANGED_APPLICATION]: {
        priority: 300,
        paths: ["/search/*"],
        application: { source: "builtin" },
        access: "token",
      },
    },
  },
  { "web-store:clientCertificates": { mode: "passthrough" } },
  { "web-store:loadBalancing": { algorithm: "weightedRandom", anomalyMitigation: true } },
  { "web-store:fleet.warmPool": { state: "stopped", minSize: 1 } },
  {
    [APPLICATIONS]: {
      [CHANGED_APPLICATION]: {
        priority: 300,
        paths: ["/search/*"],
        application: {
          source: "artifact",
          artifact: { bucket: "releases-123456789012", key: "search/1.tar.gz", sha256: "0".repeat(64) },
          image: `public.ecr.aws/shop/search@sha256:${"0".repeat(64)}`,
          command: ["bin/server"],
        },
        fleet: { instanceTypes: ["m7g.large", "m6g.large"] },
        loadBalancing: { protocolVersion: "http2" },
      },
    },
  },
  {
    [APPLICATIONS]: {
      [CHANGED_APPLICATION]: {
        priority: 300,
        paths: ["/search/*"],
        application: { source: "builtin" },
        access: "public",
        loadBalancing: { algorithm: "weightedRandom", anomalyMitigation: true },
      },
    },
  },
  {
    "web-store:peakCalendar": [
      {
        name: "evening",
        days: ["fri"],
        start: "18:00",
        end: "22:00",
        timeZone: "Europe/Berlin",
        maxSize: 20,
        freezeDeploys: false,
      },
    ],
  },
];

/** The stack files to which changes are applied: ours, and those with dependent settings. */
export function beginnings(): Config[] {
  const examples = readdirSync(join(ROOT, "examples")).filter((file) => file.endsWith(".yaml"));
  const files = ["Pulumi.dev.yaml", "Pulumi.prod.yaml", ...examples.map((file) => `examples/${file}`)].map(
    (file) => (parse(readFileSync(join(ROOT, file), "utf8")) as { config: Config }).config,
  );
  return [...files, ...TOGETHER.map((some) => configFrom({ ...files[0], ...some }))];
}

/**
 * Stack files that the settings accept.
 *
 * @param setting - the only setting that changes, such as `web-store:routes`. @default all of them, up to 24 places in
 * a file
 */
export function stackFiles(setting?: string): fc.Arbitrary<StackFile> {
  const places =
    setting === undefined
      ? placesIn(CONFIG_SCHEMA, [])
      : placesIn(CONFIG_SCHEMA.properties?.[setting] ?? {}, [setting]);
  const changes = fc.array(fc.oneof(...places), {
    minLength: 1,
    maxLength: setting === undefined ? 24 : 4,
    size: "max",
  });
  const from = beginnings().filter((config) => setting !== APPLICATIONS || hasApplication(config));
  return fc
    .tuple(fc.constantFrom(...from), fc.constantFrom(...REGIONS), changes)
    .map(([beginning, region, tried]) => accepted(beginning, region, tried));
}

function hasApplication(config: Config): boolean {
  return valueAt(config, [APPLICATIONS, CHANGED_APPLICATION]) !== undefined;
}

/** The possible changes for each place in a schema. */
function placesIn(schema: Schema, path: readonly string[]): fc.Arbitrary<Change>[] {
  if (path.length === 1 && path[0] === APPLICATIONS)
    return Object.entries((schema.additionalProperties as Schema).properties ?? {}).flatMap(([name, inner]) =>
      placesIn(inner, [...path, CHANGED_APPLICATION, name]),
    );
  // The Region is not changed here: the whole file is moved later.
  if (path.at(-1) === "aws:region") return [];
  const own = SETTINGS[path.join(".")];
  const isOfTypes = schema.items?.format === "instance-type";
  const values = own ?? (isOfTypes ? INSTANCE_TYPES : valuesOf(schema, FORMAT_TEXTS));
  const here = path.length === 0 ? [] : [values.map((value) => ({ path, value }))];
  return [
    ...here,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => placesIn(inner, [...path, name])),
  ];
}

/** The stack file with one setting from another stack file; undefined if the result isn't accepted. */
export function withSettingOf(file: StackFile, other: StackFile, setting: string): StackFile | undefined {
  const region = String(file.config["aws:region"]);
  const config = withValue(file.config, [setting], movedTo(region, other.config[setting]));
  return "settings" in validate("web-store", textsOf(config)) ? { ...file, config } : undefined;
}

/** A stack file with as many of the changes as can be combined. */
function accepted(beginning: Config, region: string, tried: readonly Change[]): StackFile {
  const base = movedTo<Config>(region, { ...beginning, "aws:region": region });
  const changes = tried
    .filter(({ path }) => path[0] !== APPLICATIONS || hasApplication(base))
    .map(({ path, value }) => ({ path, value: movedTo(region, value) }));
  const left = [...changes];
  for (;;) {
    const config = repaired(
      base,
      left.reduce((some, { path, value }) => withValue(some, path, value), base),
    );
    if (config !== undefined) {
      const kept = changes.filter(
        ({ path, value }) => JSON.stringify(valueAt(config, path)) === JSON.stringify(value),
      ).length;
      return { config, changes: { tried: changes.length, kept } };
    }
    if (left.pop() === undefined) throw new Error(`The settings refuse ${JSON.stringify(base)}.`);
  }
}

/** The file without the changes at the place of each violation; undefined if that doesn't help. */
function repaired(base: Config, changed: Config): Config | undefined {
  let config = changed;
  for (;;) {
    const result = validate("web-store", textsOf(config));
    if ("settings" in result) return config;
    const before = JSON.stringify(config);
    for (const { key } of result.violations) config = takenBack(config, base, placeOf(key));
    if (JSON.stringify(config) === before) return undefined;
  }
}

/** Splits a key such as `web-store:routes.cart.hosts` or `web-store:peakCalendar[2].minSize`. */
function placeOf(key: string): string[] {
  return key.split(/\.|\[|\]\.?/).filter((part) => part !== "");
}

/** Restores the base's value at a place, or removes an element of a list. */
function takenBack(config: Config, base: Config, [setting = "", ...inner]: readonly string[]): Config {
  const schema = CONFIG_SCHEMA.properties?.[setting];
  const value = config[setting];
  if (Array.isArray(value) && inner.length > 0)
    return { ...config, [setting]: value.filter((_, index) => String(index) !== inner[0]) };
  // For a violation in a list within a group or an application, restores the whole list.
  const index = inner.findIndex((key) => /^\d+$/.test(key));
  const field = index === -1 ? inner : inner.slice(0, index);
  const isOfNames = schema?.properties === undefined && setting !== APPLICATIONS;
  const path = [setting, ...(isOfNames ? inner.slice(0, 1) : field)];
  return withValue(config, path, valueAt(base, path));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** A copy with another value at a path; undefined removes it. */
function withValue(outer: unknown, [key = "", ...inner]: readonly string[], value: unknown): Config {
  const { [key]: old, ...others } = (typeof outer === "object" && outer !== null ? outer : {}) as Config;
  const changed = inner.length === 0 ? value : withValue(old, inner, value);
  return changed === undefined ? others : { ...others, [key]: changed };
}

/** Moves a value to another Region: its zones and ARNs. */
function movedTo<T>(region: string, value: T): T {
  if (value === undefined) return value;
  const json = JSON.stringify(value)
    .replace(/\b(arn:aws)[a-z-]*(:(?!iam)[a-z0-9-]+:)(?!us-east-1)[a-z0-9-]+:/g, `$1$2${region}:`)
    .replace(/"[a-z]{2}(?:-[a-z]+)+-\d([a-d])"/g, `"${region}$1"`);
  return JSON.parse(json) as T;
}

function textsOf(config: Config): Record<string, string> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, textOf(value)]));
}

/** A value in the form in which Pulumi passes it to a program. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
