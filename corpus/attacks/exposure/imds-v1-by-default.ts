// The options are set, except for the important one.
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
