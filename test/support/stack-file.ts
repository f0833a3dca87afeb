/** A stack's settings: keys such as `web-store:tags`, or `web-store:fleet.minSize` for one setting in a group. */
export type Changes = Readonly<Record<string, unknown>>;

/** The required settings of a store's stack. */
export const LEAST: Changes = {
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b"],
};

/** Stacks with {@link LEAST} and their own settings. */
export function withLeast(stacks: Readonly<Record<string, Changes>>): Readonly<Record<string, Changes>> {
  return Object.fromEntries(Object.entries(stacks).map(([stack, own]) => [stack, { ...LEAST, ...own }]));
}

/** The `config` of a stack file. Settings whose key is a path go into their groups. */
export function configFrom(changes: Changes): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(changes)) {
    const [setting = "", ...path] = key.split(".");
    config[setting] = path.length === 0 ? value : withValue(config[setting], path, value);
  }
  return config;
}

/** A stack file in JSON, which is YAML too. */
export function stackFile(changes: Changes): string {
  return JSON.stringify({ config: configFrom(changes) });
}

/** A copy of a group with another value at a path. */
function withValue(group: unknown, [name = "", ...inner]: readonly string[], value: unknown): object {
  const fields = typeof group === "object" && group !== null ? (group as Record<string, unknown>) : {};
  return { ...fields, [name]: inner.length === 0 ? value : withValue(fields[name], inner, value) };
}
