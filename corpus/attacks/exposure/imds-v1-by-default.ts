// The options are written out, but for the one that counts.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "imds-v2",
  says: /metadataOptions\.httpTokens is not set/,
  level: "advisory",
};

export function program(mended: boolean): void {
  network();
  launchTemplate({
    metadataOptions: {
      httpEndpoint: "enabled",
      httpPutResponseHopLimit: 1,
      ...(mended && { httpTokens: "required" }),
    },
  });
}
