// Viewers may come with protocols that were broken ten years ago.
import { distribution, viewerCertificate } from "../../cloudfront";

distribution({ viewerCertificate: { ...viewerCertificate, minimumProtocolVersion: "TLSv1" } });
