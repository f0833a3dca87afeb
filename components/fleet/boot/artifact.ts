import type { Boot } from "./parts";
import { shellWord, systemdWord } from "./quoting";
import { SANDBOX } from "./sandbox";

/** An application in an archive in S3. */
export interface ArtifactArgs {
  /** The bucket. */
  readonly bucket: string;
  /** Key of the object: a tar archive, compressed with gzip. */
  readonly key: string;
  /** The object's version id; empty for the newest version. Either must match the hash. */
  readonly versionId: string;
  /** SHA-256 of the archive, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Program and arguments; a program without a leading `/` is in the archive. */
  readonly command: readonly string[];
  /** TCP port to listen on, which the application reads from its variable `PORT`. */
  readonly port: number;
}

const FOLDER = "/opt/store/app";

/**
 * Downloads the archive, verifies its hash, unpacks it and runs the application as a dedicated user that may
 * write only to `/var/lib/store` and `/tmp`. An archive with a different hash is not unpacked: the instance
 * never becomes healthy, and the existing instances keep serving.
 */
export function bootArtifact(args: ArtifactArgs): Boot {
  const version = args.versionId === "" ? "" : ` --version-id ${shellWord(args.versionId)}`;
  const runs = ([program = "", ...rest]: readonly string[]): readonly string[] => {
    const path = program.startsWith("/") ? program : `${FOLDER}/${program}`;
    return [
      `ExecStart=${[path, ...rest].map(systemdWord).join(" ")}`,
      `WorkingDirectory=${FOLDER}`,
      `Environment=PORT=${args.port}`,
      ...SANDBOX,
    ];
  };
  return {
    steps: [
      "archive=$(mktemp)",
      `retry aws s3api get-object --bucket ${shellWord(args.bucket)} --key ${shellWord(args.key)}${version} "$archive"`,
      `sha256sum --check --strict <<< "${args.sha256}  $archive"`,
      `install --directory --mode 0755 ${FOLDER}`,
      `tar --extract --gzip --no-same-owner --no-same-permissions --file "$archive" --directory ${FOLDER}`,
      'rm "$archive"',
    ],
    files: [],
    unit: [],
    service: runs(args.command),
    // The service's name, so that both units have the same user and share its writable folder.
    runs: (command) => ["User=store", ...runs(command)],
  };
}
