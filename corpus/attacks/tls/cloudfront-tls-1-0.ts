// Viewers may use broken protocol versions.
import type { Expected } from "../../attack";
import { distribution, viewerCertificate } from "../../cloudfront";

export const expected: Expected = {
  rule: "cloudfront",
  says: /viewerCertificate\.minimumProtocolVersion is "TLSv1"/,
};

export function program(mended: boolean): void {
  distribution({
    viewerCertificate: { ...viewerCertificate, minimumProtocolVersion: mended ? "TLSv1.2_2021" : "TLSv1" },
  });
}
