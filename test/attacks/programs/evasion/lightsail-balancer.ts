// Lightsail has load balancers of its own, which begin with plain HTTP.
import * as aws from "@pulumi/aws";

new aws.lightsail.Lb("shop", { name: "shop", instancePort: 80, healthCheckPath: "/" });
