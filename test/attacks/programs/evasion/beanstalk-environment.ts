// Elastic Beanstalk brings its own load balancer, with a listener on port 80.
import * as aws from "@pulumi/aws";

new aws.elasticbeanstalk.Environment("shop", {
  application: "shop",
  solutionStackName: "64bit Amazon Linux 2023 v6.1.0 running Node.js 20",
});
