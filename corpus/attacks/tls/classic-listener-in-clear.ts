// A Classic Load Balancer contains its listeners; the second one is in plain text.
import type { Expected } from "../../attack";
import { classicBalancer, classicTls } from "../../classic";
import { network } from "../../parts";

export const expected: Expected = { rule: "tls-listeners", says: /listeners\[1\]\.lbProtocol is "tcp"/ };

export function program(mended: boolean): void {
  const balancer = classicBalancer(network().subnetIds, {
    listeners: [
      {
        lbPort: 443,
        lbProtocol: "https",
        instancePort: 8080,
        instanceProtocol: "http",
        sslCertificateId: "arn:aws:iam::123456789012:server-certificate/shop",
      },
      ...(mended ? [] : [{ lbPort: 80, lbProtocol: "tcp", instancePort: 8080, instanceProtocol: "tcp" }]),
    ],
  });
  classicTls(balancer);
}
