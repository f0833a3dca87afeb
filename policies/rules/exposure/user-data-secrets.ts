import { isList, listInJson, read, readList, type Reading } from "../../read";
import { FUNCTION, isOf, TASK_DEFINITION } from "../../resources";
import { advice, resourceRule, type Subject, violations } from "../../rule";
import { textsIn, userDataOf, WITH_USER_DATA } from "../../user-data";

const FIX =
  "read the secret where it is used, by its role: aws secretsmanager get-secret-value " +
  '--secret-id store/database --query SecretString, with a policy { Action: "secretsmanager:GetSecretValue" }; ' +
  "for a container: secrets: [{ name, valueFrom: ARN }] in place of its environment";

/** A text that AWS shows to whoever may describe the resource. */
interface Shown {
  /** Its place in the resource. */
  readonly label: string;
  readonly text: string;
}

/** What a secret is, what it looks like, and of which lines that is asked. @default all */
type Kind = readonly [what: string, pattern: RegExp, lines?: RegExp];

/** A quote, as a shell within quotes escapes it too. */
const QUOTE = String.raw`(?:\\*["'])?`;

/** A literal, not a reference to one: no variable, command, path, ARN, template or switch. */
const LITERAL = String.raw`(?!${QUOTE}(?:[$\`{}[\]<>|%*&!/#]|\\(?!\\*["'])|(?:true|false|yes|no|none|null|nil|undefined|enabled|disabled|required|optional)\b|arn:|ssm:|resolve:|file:))${QUOTE}[^\s"'\\]{4,}`;

/**
 * What secrets look like that can be nothing else, wherever they stand. Key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html;
 * AWS's documentation ends its examples in EXAMPLE.
 */
const KEYS: readonly Kind[] = [
  ["an AWS access key", /\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b/],
  [
    "an AWS secret access key",
    // As long as one, and with a digit: a path of the same letters, to where it is kept, is none.
    /secret_?access_?key["']?\s*[=:]\s*["']?(?=[A-Za-z/+]*\d)(?![A-Za-z0-9/+]{30}EXAMPLEKEY)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  ],
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})/],
];

/** Lines that may name a password: in a long run of letters, as of base64, its name would be looked for at each of them. */
const NAMES_PASSWORD = /^.*pass(?:word|phrase|wd).*$/gim;

/** What is most likely one, outside comments. */
const LIKELY: readonly Kind[] = [
  // A run of letters and digits as long as no word is, after such prefixes as sk_live_.
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

/** What serves requests: instances by what they run at first boot, containers and functions by their environment. */
export const userDataSecrets = resourceRule({
  id: "user-data-secrets",
  area: "exposure",
  title: "User data and environment variables hold no secrets",
  severity: "critical",
  level: "resource",
  description:
    "User data, and the environment of containers and functions, hold no access keys, private keys or passwords, plain or encoded. " +
    "Everything that runs there can read them, and so can whoever may describe the instance, its template, the task or the function.",
  advises: "what most likely is a password or an API key, but may be a word beside one",
  remedy: `Keep secrets out of user data and environment variables: ${FIX}.`,
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
  types: [...WITH_USER_DATA, ...TASK_DEFINITION, ...FUNCTION],
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

function shownBy(resource: Subject): Shown[] {
  if (isOf(TASK_DEFINITION, resource)) return environmentsOf(resource.props);
  if (!isOf(FUNCTION, resource)) return userDataOf(resource);
  const place = ["environment", "variables"];
  const variables = read(resource.props, place);
  if (variables.kind !== "known" || typeof variables.value !== "object" || variables.value === null)
    return [];
  return Object.keys(variables.value).flatMap((name) =>
    variable(place.join("."), name, read(resource.props, [...place, name])),
  );
}

/** The environments of containers, which are known in part or in whole. */
function environmentsOf(props: unknown): Shown[] {
  const containers = listInJson(read(props, ["containerDefinitions"]));
  if (!isList(containers)) return [];
  return containers.flatMap((container, index) => {
    const variables = container.kind === "known" ? readList(container.value, ["environment"]) : container;
    if (!isList(variables)) return [];
    return variables.flatMap((one) => {
      if (one.kind !== "known") return [];
      const name = read(one.value, ["name"]);
      const label = `containerDefinitions[${index}].environment`;
      return name.kind === "known" ? variable(label, name.value, read(one.value, ["value"])) : [];
    });
  });
}

/** A variable as a script would set it, which is what secrets are looked for in. */
function variable(place: string, name: unknown, reading: Reading): Shown[] {
  if (reading.kind !== "known" || typeof name !== "string" || typeof reading.value !== "string") return [];
  return [{ label: place, text: `${name}=${reading.value}` }];
}

/**
 * The kinds of secrets in a text, and in what is encoded in it: keys that can be nothing else, and what is likely one.
 *
 * @param text - user data or a variable, as it is written
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

/** A script without what its shell, or the program whose configuration it writes, passes over. */
function withoutComments(text: string): string {
  return text.replace(/(^|\s)(?:#|\/\/|;(?=\s)|(?:rem|::)\s)(?!!).*$/gim, "$1");
}
