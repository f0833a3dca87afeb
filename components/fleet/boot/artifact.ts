import type { Boot } from "./parts";
import { shellWord, systemdWord } from "./quoting";
import { SANDBOX } from "./sandbox";

/** An application in an archive in S3. */
export interface ArtifactArgs {
  /** The bucket. */
  readonly bucket: string;
  /** The object: an archive that `tar` reads, compressed with gzip. */
  readonly key: string;
  /** The object's version; empty for the newest, which must have the hash. */
  readonly versionId: string;
  /** SHA-256 of the archive, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Program and arguments; a program without a leading `/` lies in the archive. */
  readonly command: readonly string[];
  /** TCP port to listen on, which the application reads from its variable `PORT`. */
  readonly port: number;
}

const FOLDER = "/opt/store/app";

/**
 * Downloads the archive, compares its hash, unpacks it and runs it as a user of its own that may write to
 * `/var/lib/store` and `/tmp` only. An archive with another hash is not unpacked: the instance never gets
 * healthy, and the store goes on with those it has.
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
    // By the service's name: the two units have the same user, and so the same folder to write to.
    runs: (command) => ["User=store", ...runs(command)],
  };
}
