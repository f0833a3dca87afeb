import type { Boot } from "./parts";
import { systemdWord } from "./quoting";

/** An application in a container image. */
export interface ContainerArgs {
  /** The image with its digest, in ECR or in Amazon's public registry. */
  readonly image: string;
  /** Arguments in place of the image's own; none for those. */
  readonly command: readonly string[];
  /** Address of the instance to publish the port on; empty for all. */
  readonly host: string;
  /** TCP port to listen on, which the application reads from its variable `PORT`. */
  readonly port: number;
  /** Names of the variables to hand on from the service's environment. */
  readonly variables: readonly string[];
  /** Seconds that the application has to stop; 0 for Docker's 10. */
  readonly stopSeconds: number;
}

/** Where an image lies in a private registry of ECR. */
export interface EcrImage {
  /** Twelve digits. */
  readonly accountId: string;
  /** The registry's Region. */
  readonly region: string;
  /** The repository's name. */
  readonly repository: string;
}

const DIGEST = String.raw`@sha256:[0-9a-f]{64}`;
const REPOSITORY = String.raw`[a-z0-9]+(?:[._/-][a-z0-9]+)*`;
const ECR = new RegExp(
  String.raw`^(?<accountId>\d{12})\.dkr\.ecr\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?/(?<repository>${REPOSITORY})${DIGEST}$`,
);
const PUBLIC = new RegExp(`^public\\.ecr\\.aws/${REPOSITORY}${DIGEST}$`);

/**
 * The name of an image with its digest, in a registry that we know how to pull from. A tag is not
 * enough: it may name another image tomorrow.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
export const IMAGE = new RegExp(`${ECR.source}|${PUBLIC.source}`);

/** Where an image lies in ECR, or undefined for one in the public registry. */
export function ecrImage(image: string): EcrImage | undefined {
  return ECR.exec(image)?.groups as EcrImage | undefined;
}

/**
 * Pulls the image and runs it as an ordinary user, on a file system that it can't write to but for `/tmp`. Docker
 * is what Amazon Linux 2023 has; Podman isn't. Containers don't reach the metadata service, and so not the
 * credentials of the instance: its answers don't travel that far (`httpPutResponseHopLimit`).
 *
 * @see https://docs.aws.amazon.com/linux/al2023/ug/container.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
 */
export function bootContainer(args: ContainerArgs): Boot {
  const stop = args.stopSeconds > 0 ? ` -t ${args.stopSeconds}` : "";
  const run = (name: string, own: readonly string[], driver: string, command: readonly string[]): string => {
    const options = [
      `--rm --name ${name} --pull never`,
      ...own,
      `--env PORT=${args.port}`,
      ...args.variables.map((variable) => `--env ${variable}`),
      "--user 10001:10001 --read-only --tmpfs /tmp",
      "--cap-drop ALL --security-opt no-new-privileges --pids-limit 4096",
      `--log-driver ${driver}`,
    ];
    return `ExecStart=/usr/bin/docker run ${[...options, ...[args.image, ...command].map(systemdWord)].join(" ")}`;
  };
  return {
    steps: [
      "retry dnf install --assumeyes docker",
      "systemctl enable --now docker.service",
      ...pull(args.image),
    ],
    files: [],
    unit: ["Wants=docker.service", "After=docker.service"],
    service: [
      // One that a crash has left behind has the name.
      "ExecStartPre=-/usr/bin/docker rm --force store",
      run(
        "store",
        [`--publish ${args.host === "" ? "" : `${args.host}:`}${args.port}:${args.port}`],
        "journald",
        args.command,
      ),
      `ExecStop=/usr/bin/docker stop${stop} store`,
    ],
    runs: (command) => [
      "ExecStartPre=-/usr/bin/docker rm --force store-release",
      // What it prints goes to the unit; a driver would write it down once more.
      run("store-release", [], "none", command),
      // To end the command line of Docker doesn't end what it has started.
      "ExecStopPost=-/usr/bin/docker rm --force store-release",
    ],
  };
}

/** The registry's password is valid for twelve hours; it doesn't stay on the disk. */
function pull(image: string): string[] {
  const registry = ecrImage(image);
  if (registry === undefined) return [`retry docker pull ${image}`];
  const host = image.slice(0, image.indexOf("/"));
  return [
    "DOCKER_CONFIG=$(mktemp --directory)",
    "export DOCKER_CONFIG",
    `log_in() { aws ecr get-login-password --region ${registry.region} | docker login --username AWS --password-stdin ${host}; }`,
    "retry log_in",
    `retry docker pull ${image}`,
    'rm --recursive "$DOCKER_CONFIG"',
  ];
}
