// With two hops, every container on the instance gets the response, and the instance's credentials.
import type { Expected } from "../../attack";
import { launchTemplate, metadataOptions } from "../../fleet";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "imds-v2",
  says: /httpPutResponseHopLimit is 2/,
  level: "advisory",
};

export function program(mended: boolean): void {
  network();
  launchTemplate({ metadataOptions: { ...metadataOptions, httpPutResponseHopLimit: mended ? 1 : 2 } });
}
