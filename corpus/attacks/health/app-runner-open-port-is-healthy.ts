// A process that hangs keeps its port open, and App Runner keeps sending it visitors.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "target-group-health",
  says: /healthCheckConfiguration\.protocol is "TCP"/,
};

export function program(mended: boolean): void {
  new aws.apprunner.Service("shop", {
    serviceName: "shop",
    sourceConfiguration: {
      autoDeploymentsEnabled: false,
      imageRepository: {
        imageIdentifier: "public.ecr.aws/docker/library/httpd:2.4",
        imageRepositoryType: "ECR_PUBLIC",
        imageConfiguration: { port: "80" },
      },
    },
    healthCheckConfiguration: mended ? { protocol: "HTTP", path: "/healthz" } : { protocol: "TCP" },
  });
}
