import { planSubnets, usableAddresses } from "../components/cidr";
import { definitions, region, type Definition, type Key, type Settings } from "./definitions";
import { nearest } from "./nearest";

/** One thing wrong with a stack's settings. */
export interface Fault {
  /** The setting, with its namespace: `web-store:minSize`. */
  readonly key: string;
  /** The configured value as text, or undefined when there is none. */
  readonly got: string | undefined;
  /** What values are allowed. */
  readonly allowed: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A stack's configuration as Pulumi hands it over: values as text, keys with their namespace. */
export type Configuration = Readonly<Record<string, string>>;

/**
 * The settings in a stack's configuration, or every fault in it at once. Nothing but these arguments decides.
 *
 * @param project - the Pulumi project, the namespace of the settings
 */
export function validate(
  project: string,
  configuration: Configuration,
): { readonly settings: Settings } | { readonly faults: readonly Fault[] } {
  const values: Partial<Record<Key | "region", unknown>> = {};
  const faults: Fault[] = [];
  const readInto = (key: Key | "region", fullKey: string, definition: Definition<unknown>): void => {
    const text = configuration[fullKey];
    const value = text === undefined ? definition.default : definition.parse(text);
    if (value !== undefined) values[key] = value;
    else faults.push(faultOf(fullKey, text, definition));
  };

  readInto("region", "aws:region", region);
  for (const key of keys) readInto(key, `${project}:${key}`, definitions[key]);
  faults.push(...jointFaults(project, values as Partial<Settings>, configuration));
  faults.push(...unknownKeys(project, configuration));

  return faults.length > 0 ? { faults } : { settings: Object.freeze(values as Settings) };
}

/**
 * The error that tells a stack's faults.
 *
 * @param stack - the Pulumi stack
 */
export function describeFaults(stack: string, faults: readonly Fault[]): string {
  const count = faults.length === 1 ? "1 setting" : `${faults.length} settings`;
  const paragraphs = faults.map(({ key, got, allowed, remedy }) =>
    [
      key,
      `  got:     ${got === "" ? "an empty text" : (got ?? "nothing")}`,
      `  allowed: ${allowed}`,
      `  remedy:  ${remedy}`,
    ].join("\n"),
  );
  return [`Stack ${stack} has ${count} to correct. Nothing was created or changed.`, ...paragraphs].join(
    "\n\n",
  );
}

const keys = Object.keys(definitions) as Key[];

function faultOf(
  key: string,
  got: string | undefined,
  { allowed, example, type }: Definition<unknown>,
): Fault {
  const remedy =
    type === "array"
      ? `for example, in the stack file: ${key}: [${example}]`
      : `for example: pulumi config set ${key} ${example}`;
  return { key, got, allowed, remedy };
}

/**
 * The faults of settings that are each allowed, but not together. A setting with a fault of its own is left
 * out.
 */
function jointFaults(project: string, settings: Partial<Settings>, configuration: Configuration): Fault[] {
  const fault = (key: Key, allowed: string, remedy: string): Fault => {
    const fullKey = `${project}:${key}`;
    return {
      key: fullKey,
      got: configuration[fullKey] ?? `${String(definitions[key].default)} (default)`,
      allowed,
      remedy,
    };
  };
  return [
    ...namesOutsideZone(settings, fault),
    ...zonesOutsideRegion(settings, fault),
    ...sizesOutOfOrder(settings, fault),
    ...tooFewAddresses(settings, fault),
  ];
}

type MakeFault = (key: Key, allowed: string, remedy: string) => Fault;

function namesOutsideZone(settings: Partial<Settings>, fault: MakeFault): Fault[] {
  const { domainName, hostedZoneName: zone, subjectAlternativeNames = [] } = settings;
  if (zone === undefined) return [];
  const isOutside = (name: string): boolean => name !== zone && !name.endsWith(`.${zone}`);
  const faults: Fault[] = [];
  if (domainName !== undefined && isOutside(domainName)) {
    faults.push(
      fault(
        "domainName",
        `${zone} or a name that ends in .${zone}, as hostedZoneName says`,
        `choose a name in ${zone}, or set hostedZoneName to the zone that holds ${domainName}`,
      ),
    );
  }
  const outside = subjectAlternativeNames.filter(isOutside);
  if (outside.length > 0) {
    faults.push(
      fault(
        "subjectAlternativeNames",
        `names that end in .${zone}, as hostedZoneName says: the certificate is validated by records there`,
        `remove ${outside.join(", ")}`,
      ),
    );
  }
  if (domainName !== undefined && subjectAlternativeNames.includes(domainName)) {
    faults.push(
      fault("subjectAlternativeNames", `names other than domainName, ${domainName}`, `remove ${domainName}`),
    );
  }
  return faults;
}

function zonesOutsideRegion(
  { region, availabilityZones = [] }: Partial<Settings>,
  fault: MakeFault,
): Fault[] {
  if (region === undefined) return [];
  const outside = availabilityZones.filter((zone) => !new RegExp(`^${region}[a-z]$`).test(zone));
  if (outside.length === 0) return [];
  const allowed = `zones of aws:region, such as ${region}a: a load balancer spans one Region, and no Local Zone`;
  return [fault("availabilityZones", allowed, `replace ${outside.join(", ")}, or change aws:region`)];
}

function sizesOutOfOrder({ minSize, maxSize }: Partial<Settings>, fault: MakeFault): Fault[] {
  if (minSize === undefined || maxSize === undefined || minSize <= maxSize) return [];
  return [
    fault(
      "minSize",
      `at most maxSize, ${maxSize}`,
      `lower minSize to ${maxSize}, or raise maxSize to ${minSize}`,
    ),
  ];
}

/** While the fleet is refreshed it holds half as many instances again, and each takes an address. */
function tooFewAddresses(
  { vpcCidr, availabilityZones, maxSize }: Partial<Settings>,
  fault: MakeFault,
): Fault[] {
  if (vpcCidr === undefined || availabilityZones === undefined || maxSize === undefined) return [];
  const needed = Math.ceil(maxSize * 1.5);
  const usable = availabilityZones.length * usableAddresses(planSubnets(vpcCidr).privatePrefix);
  if (needed <= usable) return [];
  const allowed = `a range whose ${availabilityZones.length} private subnets hold ${needed} addresses, one and a half times maxSize`;
  return [
    fault(
      "vpcCidr",
      allowed,
      `choose a larger range (this one holds ${usable}), or lower maxSize, ${maxSize}`,
    ),
  ];
}

/** Their values stay out of the error: a mistyped key may hold anything, a secret too. */
function unknownKeys(project: string, configuration: Configuration): Fault[] {
  const prefix = `${project}:`;
  const unknown = Object.keys(configuration)
    .filter((fullKey) => fullKey.startsWith(prefix))
    .map((fullKey) => fullKey.slice(prefix.length))
    .filter((key) => !Object.hasOwn(definitions, key));
  return unknown.map((key) => {
    const close = nearest(key, keys);
    const remove = `pulumi config rm ${prefix}${key}`;
    return {
      key: `${prefix}${key}`,
      got: "a key that no setting has",
      allowed: close === undefined ? keys.join(", ") : prefix + close,
      remedy:
        close === undefined ? remove : `did you mean ${close}? Rename it in the stack file, or: ${remove}`,
    };
  });
}
