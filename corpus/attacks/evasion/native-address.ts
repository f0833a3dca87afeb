// The address has its CloudFormation type.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = { rule: "other-routes", says: /typeName is "AWS::EC2::EIP"/ };

export function program(mended: boolean): void {
  if (mended) return;
  new aws.cloudcontrol.Resource("address", {
    typeName: "AWS::EC2::EIP",
    desiredState: JSON.stringify({ InstanceId: "i-0123456789abcdef0" }),
  });
}
