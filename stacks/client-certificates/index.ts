import type { ClientCertificates } from "../../components/load-balancer/client-certificates";
import { TrustStore } from "../../components/load-balancer/trust-store";
import type { Context } from "../context";
import type { Settings } from "../settings/schema";
import { pemBlocks, readPemFile } from "./pem-files";

/**
 * How clients are asked for certificates, with the trust store for verification; undefined without client certificates.
 */
export function build(
  { clientCertificates }: Settings,
  { name, tags }: Context,
): ClientCertificates | undefined {
  if (clientCertificates === undefined) return undefined;
  const { mode, caBundle, revocationLists, advertiseCaNames, ignoreExpiry } = clientCertificates;
  if (mode === "passthrough") return { mode };
  const trustStore = new TrustStore(`${name}-client-certificates`, {
    caBundle: blocksOf(caBundle),
    revocationLists: revocationLists.map(blocksOf),
    tags,
  });
  return { mode, trustStoreArn: trustStore.arn, advertiseCaNames, ignoreExpiry };
}

/** The PEM blocks of a file. Text around them, such as that of openssl's `-text`, must not change the trust store. */
function blocksOf(path: string | undefined): string {
  const text = path === undefined ? undefined : readPemFile(path);
  if (text === undefined) throw new Error("A constraint refuses files that can't be read.");
  return pemBlocks(text)
    .map((block) => `${block.text}\n`)
    .join("");
}
