import type { BootFile } from "./parts";
import { pythonString } from "./quoting";

/** The source of an environment variable's value: one of `value`, `parameter` and `secretArn`. */
export interface EnvironmentSource {
  /** The value itself, readable in the user data. */
  readonly value?: string;
  /** Name of a parameter in Systems Manager Parameter Store. */
  readonly parameter?: string;
  /** ARN of a secret in Secrets Manager. */
  readonly secretArn?: string;
  /** Key of the value, if the secret is a JSON object. */
  readonly jsonKey?: string;
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, EnvironmentSource>>;

/** The file of the values: in memory, readable by root only. */
export const ENVIRONMENT_FILE = "/run/store/environment";

const SCRIPT = "/opt/store/environment.py";

/** The script that writes {@link ENVIRONMENT_FILE}. */
export function environmentScript(environment: Environment): BootFile {
  return { path: SCRIPT, marker: "END_OF_SCRIPT", text: renderScript(environment) };
}

/** Lines of a unit. */
interface UnitLines {
  readonly unit: readonly string[];
  readonly service: readonly string[];
}

/**
 * Lines of the store's unit that read the variables' values with the instance's role and pass them to the
 * store. No secret gets into the user data or onto the disk. The values are read before each start, so a
 * restart picks up new ones. If they can't be read, the start fails and systemd tries again.
 *
 * The script runs as root (`+`) and without the application's variables, which could change the credentials
 * of the AWS CLI. The file doesn't exist yet when systemd starts the script, hence the `-`.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 */
export function environmentLines(region: string): UnitLines {
  const variables = `PATH=/usr/bin:/bin LANG=C.UTF-8 AWS_DEFAULT_REGION=${region}`;
  return {
    unit: ["Wants=network-online.target", "After=network-online.target"],
    service: [
      `ExecStartPre=+/usr/bin/env --ignore-environment ${variables} /usr/bin/python3 ${SCRIPT}`,
      // The script tries each value ten times; by default, systemd would end it after 90 seconds.
      "TimeoutStartSec=infinity",
      `EnvironmentFile=-${ENVIRONMENT_FILE}`,
    ],
  };
}

/** The script uses Python 3.9 and the AWS CLI, which the image includes. */
function renderScript(environment: Environment): string {
  return `import json
import os
import subprocess
import sys
import time

SOURCES = json.loads(${pythonString(JSON.stringify(environment))})
FILE = "${ENVIRONMENT_FILE}"


def aws(*arguments):
    command = ["aws", *arguments, "--output", "json"]
    for attempt in range(10):
        time.sleep(attempt)
        ended = subprocess.run(command, capture_output=True, text=True)
        if ended.returncode == 0:
            return json.loads(ended.stdout)
    sys.exit(ended.stderr)


def value_of(source):
    if "value" in source:
        return source["value"]
    if "parameter" in source:
        name = source["parameter"]
        return aws("ssm", "get-parameter", "--with-decryption", "--name", name)["Parameter"]["Value"]
    secret = aws("secretsmanager", "get-secret-value", "--secret-id", source["secretArn"])["SecretString"]
    if "jsonKey" not in source:
        return secret
    value = json.loads(secret)[source["jsonKey"]]
    return value if isinstance(value, str) else json.dumps(value)


def line(name, value):
    # systemd takes no other control characters, and would leave the variable out without a word.
    if any(ord(character) < 32 and character not in "\\t\\n" or ord(character) == 127 for character in value):
        sys.exit(f"{name}: its value has a control character")
    for character in '\\\\"$\`':
        value = value.replace(character, "\\\\" + character)
    return f'{name}="{value}"\\n'


lines = [line(name, value_of(source)) for name, source in SOURCES.items()]
os.umask(0o077)
os.makedirs(os.path.dirname(FILE), exist_ok=True)
with open(FILE + ".new", "w", encoding="utf-8") as file:
    file.writelines(lines)
os.replace(FILE + ".new", FILE)
`;
}
