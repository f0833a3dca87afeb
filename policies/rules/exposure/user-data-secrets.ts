import { resourceRule, violations } from "../../rule";
import { encodedIn, userDataOf, WITH_USER_DATA } from "../../user-data";

const FIX =
  "read the secret on the instance at boot, by its role: aws secretsmanager get-secret-value " +
  '--secret-id store/database --query SecretString, with a policy { Action: "secretsmanager:GetSecretValue" }';

/** A quote, as a shell within quotes escapes it too. */
const QUOTE = String.raw`(?:\\*["'])?`;

/** A literal, not a reference to one: no variable, command, path, ARN, template or switch. */
const LITERAL = String.raw`(?!${QUOTE}(?:[$\`{}[\]<>|%*&!/#]|\\(?!\\*["'])|(?:true|false|yes|no|none|null|nil|undefined)\b|arn:|ssm:|resolve:|file:))${QUOTE}[^\s"'\\]{4,}`;

/**
 * What secrets look like. Key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html;
 * AWS's documentation ends its examples in EXAMPLE.
 */
const SECRETS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["an AWS access key", /\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b/],
  [
    "an AWS secret access key",
    /secret_?access_?key["']?\s*[=:]\s*["']?(?![A-Za-z0-9/+]{30}EXAMPLEKEY)[A-Za-z0-9/+]{40}/i,
  ],
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})/],
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
      const found = [...new Set(secretsIn(text))];
      if (found.length === 0) return [];
      return violations([`${label} holds ${found.join(", ")} (not shown); it must hold none`], FIX);
    });
  },
});

/**
 * The kinds of secrets in a text, and in what is encoded in it.
 *
 * @param depth how many encodings to undo: base64 of user data, of a MIME part in it, of a file in that
 */
export function secretsIn(text: string, depth = 3): string[] {
  const own = SECRETS.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
  if (depth === 0) return own;
  return [...own, ...encodedIn(text).flatMap((inner) => secretsIn(inner, depth - 1))];
}
