import type { Boot } from "./parts";
import { systemdWord } from "./quoting";

/** An application in a container image. */
export interface ContainerArgs {
  /** The image with its digest, in ECR or ECR Public. */
  readonly image: string;
  /** Arguments that replace the image's command; empty to keep it. */
  readonly command: readonly string[];
  /** Address of the instance to publish the port on; empty for all. */
  readonly host: string;
  /** TCP port to listen on, which the application reads from its variable `PORT`. */
  readonly port: number;
  /** Names of the variables to pass on from the service's environment. */
  readonly variables: readonly string[];
  /** Seconds that the application has to stop; 0 for Docker's default of 10. */
  readonly stopSeconds: number;
}

/** The location of an image in a private ECR registry. */
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
 * An image name with a digest, in a registry that the boot script can pull from. A tag is not enough, because
 * it may point to another image later.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
export const IMAGE = new RegExp(`${ECR.source}|${PUBLIC.source}`);

/** The location of an image in ECR, or undefined for an image in the public registry. */
export function ecrImage(image: string): EcrImage | undefined {
  return ECR.exec(image)?.groups as EcrImage | undefined;
}

/**
 * Pulls the image and runs it as an unprivileged user, on a file system that is read-only except for `/tmp`.
 * It uses Docker, because Amazon Linux 2023 doesn't include Podman. Containers can't reach the metadata
 * service, and therefore not the instance's credentials: its hop limit (`httpPutResponseHopLimit`) stops the
 * responses.
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
      // A container left behind by a crash still has the name.
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
      // Its output goes to the unit; a logging driver would log it a second time.
      run("store-release", [], "none", command),
      // Ending the Docker command doesn't end the container that it started.
      "ExecStopPost=-/usr/bin/docker rm --force store-release",
    ],
  };
}

/** The registry's password is valid for twelve hours, so it is removed from the disk. */
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
