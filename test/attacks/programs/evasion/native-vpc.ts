// A VPC of another provider: nobody asks it for flow logs.
import { Foreign } from "../../foreign";

new Foreign("aws-native:ec2:Vpc", "shop", { cidrBlock: "10.0.0.0/16" });
