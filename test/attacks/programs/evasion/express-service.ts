// ECS makes a load balancer, a target group and security groups of its own for such a service.
import * as aws from "@pulumi/aws";

new aws.ecs.ExpressGatewayService("shop", {
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
  infrastructureRoleArn: "arn:aws:iam::123456789012:role/infrastructure",
  primaryContainer: { image: "public.ecr.aws/nginx/nginx:latest", containerPort: 80 },
});
