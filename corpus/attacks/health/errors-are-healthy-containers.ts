// An application that has lost its pages answers 404, and Lightsail calls its container healthy.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "target-group-health",
  says: /publicEndpoint\.healthCheck\.successCodes is "200-499"/,
};

export function program(mended: boolean): void {
  const service = new aws.lightsail.ContainerService("shop", { name: "shop", power: "small", scale: 2 });
  new aws.lightsail.ContainerServiceDeploymentVersion("shop", {
    serviceName: service.name,
    containers: [
      { containerName: "web", image: "public.ecr.aws/docker/library/httpd:2.4", ports: { "80": "HTTP" } },
    ],
    publicEndpoint: {
      containerName: "web",
      containerPort: 80,
      healthCheck: { path: "/healthz", successCodes: mended ? "200" : "200-499" },
    },
  });
}
