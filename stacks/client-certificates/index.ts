import type { ClientCertificates } from "../../components/load-balancer/client-certificates";
import { TrustStore } from "../../components/load-balancer/trust-store";
import type { Context } from "../context";
import type { Settings } from "../settings";
import { pemBlocks, readPemFile } from "./pem-files";

export { constraints } from "./constraints";
export { schema } from "./schema";

/** How clients are asked for certificates, with the trust store to verify them against; undefined if they aren't. */
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

/** What a file has of PEM alone: explanations around it, such as those of openssl's `-text`, are nothing that changes a store. */
function blocksOf(path: string | undefined): string {
  const text = path === undefined ? undefined : readPemFile(path);
  if (text === undefined) throw new Error("A constraint refuses files that can't be read.");
  return pemBlocks(text)
    .map((block) => `${block.text}\n`)
    .join("");
}
