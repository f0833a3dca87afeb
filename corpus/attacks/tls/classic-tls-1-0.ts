// The load balancer's policy allows TLS 1.0.
import type { Expected } from "../../attack";
import { classicBalancer, classicTls } from "../../classic";
import { network } from "../../parts";

export const expected: Expected = {
  rule: "classic-tls-policies",
  says: /Reference-Security-Policy is "ELBSecurityPolicy-2016-08"/,
};

export function program(mended: boolean): void {
  classicTls(
    classicBalancer(network().subnetIds),
    mended ? "ELBSecurityPolicy-TLS-1-2-2017-01" : "ELBSecurityPolicy-2016-08",
  );
}
