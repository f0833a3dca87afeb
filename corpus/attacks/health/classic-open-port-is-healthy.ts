// This is a Classic Load Balancer's default: an open port is healthy.
import type { Expected } from "../../attack";
import { classicBalancer, classicTls } from "../../classic";
import { network } from "../../parts";

export const expected: Expected = { rule: "classic-health", says: /healthCheck\.target is "TCP:8080"/ };

export function program(mended: boolean): void {
  classicTls(
    classicBalancer(network().subnetIds, {
      healthCheck: {
        target: mended ? "HTTP:8080/healthz" : "TCP:8080",
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    }),
  );
}
