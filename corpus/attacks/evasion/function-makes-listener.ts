// A function that the deployment calls has all the permissions of its role.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";
import { balancer, network } from "../../parts";

export const expected: Expected = {
  rule: "other-routes",
  says: /calls a function, whose code may create anything/,
};

export function program(mended: boolean): void {
  const { arn } = balancer(network().subnetIds);
  if (mended) return;
  new aws.lambda.Invocation("plain", {
    functionName: "doorman",
    input: arn.apply((balancerArn) => JSON.stringify({ balancerArn, port: 80 })),
  });
}
