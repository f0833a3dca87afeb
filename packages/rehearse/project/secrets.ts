import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "../errors";

/** Decrypts a `secure:` value of a stack file; returns undefined without its key. */
export type Decrypter = (ciphertext: string) => string | undefined;

const ITERATIONS = 1_000_000;

/**
 * Creates the decrypter of a stack file from the passphrase in the environment (`PULUMI_CONFIG_PASSPHRASE` or
 * `PULUMI_CONFIG_PASSPHRASE_FILE`). Other secrets providers (KMS, Pulumi Cloud) need the network: their values aren't
 * decrypted. AES-256-GCM with a PBKDF2 key.
 * Source: pulumi/pulumi `pkg/secrets/passphrase/manager.go` and `sdk/go/common/resource/config/crypt.go`.
 * @param name - The name of the file in errors.
 * @throws UsageError if the passphrase is wrong or the salt malformed.
 */
export function decrypterFor(salt: unknown, name: string): Decrypter {
  const passphrase = passphraseFromEnvironment();
  if (typeof salt !== "string" || passphrase === undefined) return () => undefined;
  const [version, encodedSalt, ...check] = salt.split(":");
  if (version !== "v1" || encodedSalt === undefined || check.length !== 3) {
    throw new UsageError(`${name}: encryptionsalt is malformed; it must look like v1:SALT:v1:NONCE:TEXT`);
  }
  let key: Buffer | undefined;
  const decrypt = (ciphertext: string): string => {
    key ??= pbkdf2Sync(passphrase, Buffer.from(encodedSalt, "base64"), ITERATIONS, 32, "sha256");
    return open(ciphertext, key);
  };
  const checked = attempt(() => decrypt(check.join(":")));
  if (checked !== "pulumi") {
    throw new UsageError(
      `${name}: incorrect passphrase. Set PULUMI_CONFIG_PASSPHRASE to the stack's passphrase, ` +
        "or unset it to rehearse with placeholders",
    );
  }
  return (ciphertext) => {
    const plain = attempt(() => decrypt(ciphertext));
    if (plain === undefined)
      throw new UsageError(`${name}: a secure value doesn't belong to this stack: ${ciphertext}`);
    return plain;
  };
}

function passphraseFromEnvironment(): string | undefined {
  const { PULUMI_CONFIG_PASSPHRASE: phrase, PULUMI_CONFIG_PASSPHRASE_FILE: file } = process.env;
  if (phrase !== undefined) return phrase;
  return file !== undefined && existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

function open(ciphertext: string, key: Buffer): string {
  const [, nonce = "", text = ""] = ciphertext.split(":");
  const sealed = Buffer.from(text, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(sealed.subarray(-16));
  return decipher.update(sealed.subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
}

function attempt(work: () => string): string | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
