/** Certificates made on the spot, by the `openssl` that every Debian has. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a certificate is like. */
export interface CertificateArgs {
  /** The name that it is for. */
  readonly name: string;
  /** Days from now; -1 for one that ended yesterday. */
  readonly days: number;
  /** Whether it vouches for itself, in place of the authority. */
  readonly isSelfSigned?: boolean;
}

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** An authority of one's own, in a folder. */
export class Authority {
  /** Its certificate, PEM: for `--ca`. */
  readonly file: string;

  constructor(private readonly folder: string) {
    this.file = join(folder, "ca.pem");
    this.openssl(
      "req",
      "-x509",
      ...KEY,
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-days",
      "30",
      "-subj",
      "/CN=Tests",
    );
  }

  /** Makes a certificate; the file has its key behind it, as HAProxy takes it. */
  issue(file: string, { name, days, isSelfSigned = false }: CertificateArgs): string {
    const path = join(this.folder, `${file}.pem`);
    writeFileSync(join(this.folder, "names"), `subjectAltName=DNS:${name}`);
    this.openssl("req", ...KEY, "-keyout", `${file}.key`, "-out", `${file}.csr`, "-subj", `/CN=${name}`);
    const signer = isSelfSigned
      ? ["-signkey", `${file}.key`]
      : ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
    this.openssl(
      "x509",
      "-req",
      "-in",
      `${file}.csr`,
      ...signer,
      "-days",
      String(days),
      "-extfile",
      "names",
      "-out",
      path,
    );
    writeFileSync(path, readFileSync(path, "utf8") + readFileSync(join(this.folder, `${file}.key`), "utf8"));
    return path;
  }

  private openssl(...args: string[]): void {
    execFileSync("openssl", args, { cwd: this.folder, stdio: "ignore" });
  }
}
