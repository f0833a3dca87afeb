// The address by its CloudFormation type.
import * as aws from "@pulumi/aws";

new aws.cloudcontrol.Resource("address", {
  typeName: "AWS::EC2::EIP",
  desiredState: JSON.stringify({ InstanceId: "i-0123456789abcdef0" }),
});
