import { ecrImage } from "../../components/fleet/boot/container";
import { STORE_VARIABLES } from "../../components/fleet/boot/store";
import { COLOURS } from "../../components/colours";
import { MAX_USER_DATA_BYTES, packUserData, renderScript } from "../../components/fleet/user-data";
import { accessConstraints } from "./access-constraints";
import { LONGEST_RELEASE, userDataArgs } from "./user-data";
import { planColours } from "../release/colours";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";

/** Constraints on the application. */
export const constraints: readonly Constraint[] = [
  applicationIncomplete,
  programIsNoFile,
  imageOutOfReach,
  environmentUnclear,
  secretInPlain,
  arnsOfOtherRegions,
  storeUnhealthy,
  storeVariables,
  userDataTooLong,
  ...accessConstraints,
];

/** Health check paths of the sample store. */
const STORE_HEALTH: readonly string[] = ["/readyz", "/healthz"];

/** The store answers any other path with 404, so no instance would become healthy. */
function storeUnhealthy({ application, healthCheck: { path: healthCheckPath } }: Settings): Violation[] {
  if (application.source !== "store") return [];
  if (STORE_HEALTH.includes(healthCheckPath)) return [];
  return [
    {
      at: "healthCheck.path",
      allowed: `${STORE_HEALTH.join(" or ")}, because application.source is store`,
      remedy: "set healthCheck.path to /readyz, which fails while an instance drains",
    },
  ];
}

/** The stack sets the store's own variables. */
function storeVariables({ application, environment }: Settings): Violation[] {
  if (application.source !== "store") return [];
  return Object.keys(environment)
    .filter((name) => STORE_VARIABLES.includes(name))
    .map((name) => ({
      at: `environment.${name}`,
      allowed: `names other than ${STORE_VARIABLES.join(", ")}, because application.source is store`,
      remedy: `remove ${name}: the stack sets it`,
    }));
}

/** Fields that each source requires. */
function applicationIncomplete({ application }: Settings): Violation[] {
  const { source, artifact, image, command } = application;
  const needed =
    source === "artifact"
      ? {
          ".artifact.bucket": artifact.bucket,
          ".artifact.key": artifact.key,
          ".artifact.sha256": artifact.sha256,
        }
      : source === "container"
        ? { ".image": image }
        : {};
  const missing = Object.entries(needed).flatMap(([at, value]) => (value === undefined ? [at] : []));
  if (source === "artifact" && command.length === 0) missing.push(".command");
  return missing.map((at) => ({
    at: `application${at}`,
    allowed: `a value, because application.source is ${source}`,
    remedy: `set application${at}, or application.source to builtin`,
  }));
}

/**
 * For an archive, the first word is a file. systemd refuses a folder, so the unit would never start.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#ExecStart=
 */
function programIsNoFile({
  application: { source, command },
  blueGreen: { releaseCommand },
}: Settings): Violation[] {
  if (source !== "artifact") return [];
  const commands = {
    "application.command": command,
    "blueGreen.releaseCommand.command": releaseCommand.command,
  };
  return Object.entries(commands)
    .filter(([, [program = "-"]]) => /^ *$|\/$/.test(program))
    .map(([at]) => ({
      at,
      allowed:
        "a program as the first word, a file of the archive or an absolute path: neither blank nor a folder",
      remedy: "name the file, as in bin/server",
    }));
}

/**
 * Without NAT gateways, there are endpoints for services of the stack's Region only, and none for the public registry.
 */
function imageOutOfReach({
  application,
  blueGreen,
  network: { natGateways },
  region,
}: Settings): Violation[] {
  if (natGateways !== "none") return [];
  if (application.source !== "container") return [];
  const images = [
    { at: "application.image", image: application.image },
    ...COLOURS.map((colour) => ({ at: `blueGreen.${colour}.image`, image: blueGreen[colour].image })),
  ];
  return images
    .filter(({ image }) => image !== undefined && ecrImage(image)?.region !== region)
    .map(({ at }) => ({
      at,
      allowed: `an image in ECR in ${region}, because network.natGateways is none`,
      remedy: `push the image to a repository in ${region}, or set network.natGateways to single or perZone`,
    }));
}

function environmentUnclear({ environment }: Settings): Violation[] {
  return Object.entries(environment).flatMap(([name, source]): Violation[] => {
    const given = (["value", "parameter", "secretArn"] as const).filter(
      (field) => source[field] !== undefined,
    );
    const [first, second] = given;
    if (first === undefined || second !== undefined) {
      return [
        {
          at: second === undefined ? `environment.${name}` : `environment.${name}.${second}`,
          allowed:
            second === undefined
              ? "one of value, parameter and secretArn"
              : `no value together with ${first}`,
          remedy: `give ${name} exactly one of value, parameter and secretArn`,
        },
      ];
    }
    const misplaced = [
      ...(source.jsonKey !== undefined && first !== "secretArn" ? (["jsonKey"] as const) : []),
      ...(source.keyArn !== undefined && first === "value" ? (["keyArn"] as const) : []),
    ];
    return misplaced.map((field) => ({
      at: `environment.${name}.${field}`,
      allowed: `no value together with ${first}`,
      remedy: `remove ${field} from ${name}`,
    }));
  });
}

/** Endings of variable names that suggest a secret. */
const SECRET =
  /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|PRIVATE_KEY|API_KEY|ACCESS_KEY|^OTEL_EXPORTER_OTLP_(?:[A-Z]+_)?HEADERS)$/;

/** A URL with a password, such as a database's. */
const WITH_PASSWORD = /:\/\/[^\s:@/?#]*:[^\s@/]+@/;

/**
 * Everyone who may read the launch template, or is on the instance, can read a plain value. The error does not show it.
 */
function secretInPlain({ environment }: Settings): Violation[] {
  return Object.entries(environment).flatMap(([name, { value, parameter, secretArn }]): Violation[] => {
    if (value === undefined || parameter !== undefined || secretArn !== undefined) return [];
    const isSecret = SECRET.test(name);
    if (!isSecret && !WITH_PASSWORD.test(value)) return [];
    const why = isSecret ? `${name} looks like a secret` : "it is a URL with a password";
    return [
      {
        at: `environment.${name}.secretArn`,
        allowed: `the ARN of a secret, or a parameter, in place of value: ${why}, and user data must not contain secrets`,
        remedy: `put it into Secrets Manager or Parameter Store, and remove value from ${name}`,
      },
    ];
  });
}

/** An instance calls services of its own Region, which use keys of that Region. */
function arnsOfOtherRegions({ application, environment, formerRelease, region }: Settings): Violation[] {
  const violationsAt = (at: string, arn: string | undefined): Violation[] =>
    arn === undefined || arn.split(":")[3] === region
      ? []
      : [
          {
            at,
            allowed: `an ARN in aws:region, ${region}: instances call no other Region`,
            remedy: `replicate it to ${region}, and name the replica here`,
          },
        ];
  return [
    ...violationsAt("application.artifact.keyArn", application.artifact.keyArn),
    ...(["secretArns", "keyArns"] as const).flatMap((field) =>
      formerRelease[field].flatMap((arn, index) => violationsAt(`formerRelease.${field}[${index}]`, arn)),
    ),
    ...Object.entries(environment).flatMap(([name, { secretArn, keyArn }]) => [
      ...violationsAt(`environment.${name}.secretArn`, secretArn),
      ...violationsAt(`environment.${name}.keyArn`, keyArn),
    ]),
  ];
}

function userDataTooLong(settings: Settings): Violation[] {
  const bytes = Math.max(
    ...planColours(settings).map(
      ({ endpoint }) => packUserData(renderScript(userDataArgs(settings, endpoint, LONGEST_RELEASE))).length,
    ),
  );
  if (bytes <= MAX_USER_DATA_BYTES) return [];
  const limit = `EC2 allows ${MAX_USER_DATA_BYTES} bytes of user data, and this makes ${bytes}, compressed`;
  const [longest] = longParts(settings).sort((one, other) => other.length - one.length);
  if (longest === undefined) return [];
  const { at, inPlace, remedy } = longest;
  return [{ at, allowed: `${inPlace}: ${limit}`, remedy }];
}

/** The parts of the user data that may be of any length, and how to shorten each. */
function longParts({
  application,
  environment,
  blueGreen: { releaseCommand },
}: Settings): { length: number; at: string; inPlace: string; remedy: string }[] {
  const commands = {
    "application.command": application.command,
    "blueGreen.releaseCommand.command": releaseCommand.command,
  };
  return [
    ...Object.entries(environment).flatMap(([name, { value }]) =>
      value === undefined
        ? []
        : {
            length: value.length,
            at: `environment.${name}.parameter`,
            inPlace: "a parameter instead of the long value",
            remedy: `store the value of ${name} in Parameter Store, and set its name here`,
          },
    ),
    ...Object.entries(commands).map(([at, words]) => ({
      length: words.join(" ").length,
      at,
      inPlace: "fewer or shorter words",
      remedy: "put long arguments into a file of the application",
    })),
  ];
}
