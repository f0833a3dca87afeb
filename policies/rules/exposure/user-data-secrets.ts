import { advice, resourceRule, violations } from "../../rule";
import { textsIn, userDataOf, WITH_USER_DATA } from "../../user-data";

const FIX =
  "read the secret on the instance at boot, by its role: aws secretsmanager get-secret-value " +
  '--secret-id store/database --query SecretString, with a policy { Action: "secretsmanager:GetSecretValue" }';

/** What a secret is, what it looks like, and of which lines that is asked. @default all */
type Kind = readonly [what: string, pattern: RegExp, lines?: RegExp];

/** A quote, as a shell within quotes escapes it too. */
const QUOTE = String.raw`(?:\\*["'])?`;

/** A literal, not a reference to one: no variable, command, path, ARN, template or switch. */
const LITERAL = String.raw`(?!${QUOTE}(?:[$\`{}[\]<>|%*&!/#]|\\(?!\\*["'])|(?:true|false|yes|no|none|null|nil|undefined)\b|arn:|ssm:|resolve:|file:))${QUOTE}[^\s"'\\]{4,}`;

/**
 * What secrets look like that can be nothing else, wherever they stand. Key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html;
 * AWS's documentation ends its examples in EXAMPLE.
 */
const KEYS: readonly Kind[] = [
  ["an AWS access key", /\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b/],
  [
    "an AWS secret access key",
    /secret_?access_?key["']?\s*[=:]\s*["']?(?![A-Za-z0-9/+]{30}EXAMPLEKEY)[A-Za-z0-9/+]{40}/i,
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

/** Launch templates, launch configurations and instances, by what they run at first boot. */
export const userDataSecrets = resourceRule({
  id: "user-data-secrets",
  area: "exposure",
  title: "User data holds no secrets",
  severity: "critical",
  level: "resource",
  description:
    "User data holds no access keys, private keys or passwords, plain or encoded. " +
    "Everything on the instance can read it, and so can whoever may describe the instance or its template.",
  advises: "what most likely is a password or an API key, but may be a word beside one",
  remedy: `Keep secrets out of user data: ${FIX}.`,
  references: [
    {
      label: "SEC02-BP03",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_identities_secrets.html",
    },
    {
      label: "User data",
      url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html",
    },
  ],
  types: WITH_USER_DATA,
  judge(resource) {
    return userDataOf(resource).flatMap(({ label, text }) => {
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
 * The kinds of secrets in a text, and in what is encoded in it: keys that can be nothing else, and what is likely one.
 *
 * @param text - user data, as it is written
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
