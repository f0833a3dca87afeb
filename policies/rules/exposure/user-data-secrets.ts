import { isList, jsonOf, read, readList, type Reading } from "../../read";
import { isMap, mapKeys, readEach } from "../../read-each";
import {
  AMPLIFY_APP,
  AMPLIFY_BRANCH,
  APP_RUNNER_SERVICE,
  BEANSTALK,
  BEANSTALK_TEMPLATE,
  BUILD_PROJECT,
  EXPRESS_SERVICE,
  FUNCTION,
  isOf,
  JOB_DEFINITION,
  KUBERNETES_WORKLOAD,
  LIGHTSAIL_CONTAINERS,
  TASK_DEFINITION,
} from "../../resources";
import { advice, resourceRule, type Subject, violations } from "../../rule";
import { scriptsOf, WITH_SCRIPTS } from "../../scripts";
import { textsIn } from "../../user-data";

const FIX =
  "read the secret where it is used, with the role's permissions: aws secretsmanager get-secret-value " +
  '--secret-id store/database --query SecretString, with a policy { Action: "secretsmanager:GetSecretValue" }; ' +
  "for a container: secrets: [{ name, valueFrom: ARN }] in place of its environment; " +
  'for a build: { name, type: "SECRETS_MANAGER", value: NAME }';

/** A text that AWS shows to everyone who may describe the resource. */
interface Shown {
  /** Its place in the resource. */
  readonly label: string;
  readonly text: string;
}

/** The name of a kind of secret, its pattern, and the lines to search. @default all lines */
type Kind = readonly [what: string, pattern: RegExp, lines?: RegExp];

/** A quote, which may be escaped as within quotes of a shell. */
const QUOTE = String.raw`(?:\\*["'])?`;

/** A literal value: not a variable, command, path, ARN, template or switch. */
const LITERAL = String.raw`(?!${QUOTE}(?:[$\`{}[\]<>|%*&!/#]|\\(?!\\*["'])|(?:true|false|yes|no|none|null|nil|undefined|enabled|disabled|required|optional)\b|arn:|ssm:|resolve:|file:))${QUOTE}[^\s"'\\]{4,}`;

/**
 * Patterns that match nothing but secrets, wherever they appear. Examples in AWS's documentation end in EXAMPLE.
 *
 * Source for key IDs: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
const KEYS: readonly Kind[] = [
  ["an AWS access key", /\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b/],
  [
    "an AWS secret access key",
    // The length of a key, with a digit in it, so that a path of the same characters does not match.
    /secret_?access_?key["']?\s*[=:]\s*["']?(?=[A-Za-z/+]*\d)(?![A-Za-z0-9/+]{30}EXAMPLEKEY)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  ],
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})/],
];

/** Lines that may name a password. Other lines are skipped, because the pattern is slow on long runs such as base64. */
const NAMES_PASSWORD = /^.*pass(?:word|phrase|wd).*$/gim;

/** Patterns that most likely match a secret, outside comments. */
const LIKELY: readonly Kind[] = [
  // A run of letters and digits that is too long for a word, after prefixes such as sk_live_.
  [
    "an API key",
    new RegExp(
      String.raw`(?:api|access|auth|secret)[_-]?(?:key|token)${QUOTE}[ \t]*[=:][ \t]*${QUOTE}` +
        String.raw`(?:[a-z]{2,8}[_-]){0,3}(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{24,}(?![a-z0-9_./:-])`,
      "i",
    ),
  ],
  [
    "a password",
    new RegExp(
      String.raw`(?:^|[^a-z])(?<!lock_|ch)(?:[a-z0-9]+[_.-])*[a-z0-9]*?(?:password|passphrase|(?<!lock_|ch)passwd)${QUOTE}[ \t]*[=:][ \t]*${LITERAL}`,
      "im",
    ),
    NAMES_PASSWORD,
  ],
  ["a password", new RegExp(String.raw`--pass(?:word|wd|phrase)[ \t]+(?!-)${LITERAL}`, "i")],
  ["a password", /\b[\w.-]+:[^\s$"'`:]{4,}["']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?chpasswd\b/],
  ["a password in a URL", /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/$"']+:[^\s:@/${}<>%"'`]{3,}@/i],
];

const APP_RUNNER_IMAGE = "sourceConfiguration.imageRepository.imageConfiguration";
const APP_RUNNER_CODE = "sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues";
/** Environments of Elastic Beanstalk, and settings that they share. */
const WITH_SETTINGS = [...BEANSTALK, ...BEANSTALK_TEMPLATE];

/** The containers of Kubernetes workloads, by the nesting of their pods. */
const POD_CONTAINERS = ["spec", "spec.template.spec", "spec.jobTemplate.spec.template.spec"].flatMap(
  (spec) => [`${spec}.containers.*`, `${spec}.initContainers.*`],
);

const PODS = "eksProperties.podProperties.containers.*";

/** The scripts of instances, and the environment and commands of containers, functions and builds. */
export const userDataSecrets = resourceRule({
  id: "user-data-secrets",
  area: "exposure",
  title: "User data, environment variables and commands hold no secrets",
  severity: "critical",
  level: "resource",
  description:
    "User data, commands of Systems Manager, and the environment and commands of containers, functions and builds, contain no access keys, private keys or " +
    "passwords, plain or encoded. Everything that runs there can read them, and so can everyone who may describe the resource.",
  advises: "values that are most likely a password or an API key, but may not be one",
  remedy: `Keep secrets out of user data, environment variables and commands: ${FIX}.`,
  references: [
    {
      label: "SEC02-BP03",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_identities_secrets.html",
    },
    {
      label: "User data",
      url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html",
    },
    {
      label: "Secrets of containers",
      url: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
    },
  ],
  types: [
    ...WITH_SCRIPTS,
    ...TASK_DEFINITION,
    ...FUNCTION,
    ...JOB_DEFINITION,
    ...APP_RUNNER_SERVICE,
    ...BUILD_PROJECT,
    ...AMPLIFY_APP,
    ...AMPLIFY_BRANCH,
    ...EXPRESS_SERVICE,
    ...LIGHTSAIL_CONTAINERS,
    ...KUBERNETES_WORKLOAD,
    ...WITH_SETTINGS,
  ],
  judge(resource) {
    return shownBy(resource).flatMap(({ label, text }) => {
      const { keys, likely } = secretsIn(text);
      const told = (found: ReadonlySet<string>): string | undefined =>
        found.size === 0
          ? undefined
          : `${label} holds ${[...found].join(", ")} (not shown); it must hold none`;
      return [...violations([told(keys)], FIX), ...advice([told(likely)], FIX)];
    });
  },
});

/**
 * By type, the paths of its variables (a map, or a list of names and values) and of its commands, for {@link readEach}.
 */
const PLACES: readonly (readonly [
  types: readonly string[],
  variables: readonly string[],
  runs: readonly string[],
])[] = [
  [FUNCTION, ["environment.variables"], []],
  [BUILD_PROJECT, ["environment.environmentVariables"], []],
  [
    APP_RUNNER_SERVICE,
    [`${APP_RUNNER_IMAGE}.runtimeEnvironmentVariables`, `${APP_RUNNER_CODE}.runtimeEnvironmentVariables`],
    [
      `${APP_RUNNER_IMAGE}.startCommand`,
      `${APP_RUNNER_CODE}.startCommand`,
      `${APP_RUNNER_CODE}.buildCommand`,
    ],
  ],
  [JOB_DEFINITION, [`${PODS}.envs`], [`${PODS}.commands`, `${PODS}.args`]],
  [
    [...AMPLIFY_APP, ...AMPLIFY_BRANCH],
    ["environmentVariables", "autoBranchCreationConfig.environmentVariables"],
    [],
  ],
  [EXPRESS_SERVICE, ["primaryContainer.environments"], ["primaryContainer.commands"]],
  [LIGHTSAIL_CONTAINERS, ["containers.*.environment"], ["containers.*.commands"]],
  [
    KUBERNETES_WORKLOAD,
    POD_CONTAINERS.map((path) => `${path}.env`),
    POD_CONTAINERS.flatMap((path) => [`${path}.command`, `${path}.args`]),
  ],
];

/** The environment that Elastic Beanstalk gives to an application. */
function settingsIn(props: unknown): Shown[] {
  return readEach(props, "settings.*").flatMap(({ label, reading }) => {
    const setting = reading.kind === "known" ? reading.value : undefined;
    const [namespace, name] = ["namespace", "name"].map((key) => read(setting, [key]));
    const isVariable =
      namespace?.kind === "known" && namespace.value === "aws:elasticbeanstalk:application:environment";
    return isVariable && name?.kind === "known"
      ? variable(`${label}.value`, name.value, read(setting, ["value"]))
      : [];
  });
}

/** By type, the property and path of its containers in JSON. */
const CONTAINERS: readonly (readonly [types: readonly string[], property: string, path: string])[] = [
  [TASK_DEFINITION, "containerDefinitions", "*"],
  [JOB_DEFINITION, "containerProperties", ""],
  [JOB_DEFINITION, "ecsProperties", "taskProperties.*.containers.*"],
  [JOB_DEFINITION, "nodeProperties", "nodeRangeProperties.*.container"],
];

function shownBy(resource: Subject): Shown[] {
  const { props } = resource;
  const inJson = CONTAINERS.filter(([types]) => isOf(types, resource)).flatMap(([, property, path]) => {
    const json = read(props, [property]);
    const containers = readEach(json.kind === "known" ? jsonOf(json.value) : undefined, path);
    return containers.flatMap(({ label, reading }) =>
      inContainer(reading).map((shown) => ({
        ...shown,
        label: [property + (label.startsWith("[") ? label : label && `.${label}`), shown.label].join("."),
      })),
    );
  });
  const elsewhere = PLACES.filter(([types]) => isOf(types, resource)).flatMap(([, variables, runs]) =>
    shownAt(props, variables, runs),
  );
  const settings = isOf(WITH_SETTINGS, resource) ? settingsIn(props) : [];
  return [...scriptsOf(resource), ...inJson, ...elsewhere, ...settings];
}

/**
 * The texts of a container: its variables, its commands, and its log options, which may hold a key of a log service.
 */
function inContainer(container: Reading): Shown[] {
  const value = container.kind === "known" ? container.value : undefined;
  return shownAt(
    value,
    ["environment", "logConfiguration.options"],
    ["command", "entryPoint", "healthCheck.command"],
  );
}

function shownAt(value: unknown, variables: readonly string[], runs: readonly string[]): Shown[] {
  return [
    ...variables.flatMap((path) =>
      readEach(value, path).flatMap(({ label, reading }) => variablesIn(label, reading)),
    ),
    ...runs.flatMap((path) =>
      readEach(value, path).map(({ label, reading }) => ({ label, text: lineOf(reading) })),
    ),
  ];
}

/** Each variable, from a map or from a list of names and values. */
function variablesIn(label: string, reading: Reading): Shown[] {
  if (reading.kind !== "known") return [];
  if (isMap(reading.value))
    return mapKeys(reading.value).flatMap((name) => variable(label, name, read(reading.value, [name])));
  const list = readList(reading.value, []);
  if (!isList(list)) return [];
  return list.flatMap((one) => {
    if (one.kind !== "known") return [];
    const [name, type] = ["name", "type"].map((key) => read(one.value, [key]));
    // With CodeBuild's other types, the value only says where the secret is stored.
    const isPlain = type?.kind === "absent" || (type?.kind === "known" && type.value === "PLAINTEXT");
    return name?.kind === "known" && isPlain ? variable(label, name.value, read(one.value, ["value"])) : [];
  });
}

/** A command, given as a text or a list of words, as one line. */
function lineOf(reading: Reading): string {
  if (reading.kind !== "known") return "";
  const words = readList(reading.value, []);
  return (isList(words) ? words : [reading])
    .flatMap((word) => (word.kind === "known" && typeof word.value === "string" ? word.value : []))
    .join(" ");
}

/** A variable as a script would set it, the form in which secrets are searched. */
function variable(place: string, name: unknown, reading: Reading): Shown[] {
  if (reading.kind !== "known" || typeof name !== "string" || typeof reading.value !== "string") return [];
  return [{ label: place, text: `${name}=${reading.value}` }];
}

/**
 * The kinds of secrets in a text, and in texts encoded in it: `keys` are certain, `likely` are not.
 *
 * @param text - user data or a variable
 */
export function secretsIn(text: string): { readonly keys: Set<string>; readonly likely: Set<string> } {
  const texts = textsIn(text);
  const code = texts.map(withoutComments);
  const looksLike = (one: string, [, pattern, lines]: Kind): boolean =>
    (lines === undefined ? [one] : (one.match(lines) ?? [])).some((part) => pattern.test(part));
  const kindsIn = (some: readonly string[], kinds: readonly Kind[]): Set<string> =>
    new Set(some.flatMap((one) => kinds.filter((kind) => looksLike(one, kind)).map(([what]) => what)));
  return { keys: kindsIn(texts, KEYS), likely: kindsIn(code, LIKELY) };
}

/** A script without comments of its shell, or of the program whose configuration it writes. */
function withoutComments(text: string): string {
  return text.replace(/(^|\s)(?:#|\/\/|;(?=\s)|(?:rem|::)\s)(?!!).*$/gim, "$1");
}
