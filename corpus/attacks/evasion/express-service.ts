// ECS creates a load balancer, a target group and security groups for such a service.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "unjudged-load-balancers",
  says: /ExpressGatewayService creates a load balancer that no rule judges/,
};

export function program(mended: boolean): void {
  if (mended) return;
  new aws.ecs.ExpressGatewayService("shop", {
    executionRoleArn: "arn:aws:iam::123456789012:role/execution",
    infrastructureRoleArn: "arn:aws:iam::123456789012:role/infrastructure",
    primaryContainer: { image: "public.ecr.aws/nginx/nginx:latest", containerPort: 80 },
  });
}
