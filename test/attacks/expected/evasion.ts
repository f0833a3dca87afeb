import type { Expected } from "./expected";

const routes = (says: RegExp): Expected => ({ rule: "other-routes", says });
const unjudged = (says: RegExp): Expected => ({ rule: "unjudged-load-balancers", says });

/** By program in `programs/evasion/`. */
export const evasion: Readonly<Record<string, Expected>> = {
  "accelerator-to-address": {
    rule: "accelerator-endpoints",
    says: /endpointConfigurations\[0\]\.endpointId is "eipalloc-0123456789abcdef0"/,
  },
  "accelerator-to-instance": {
    rule: "accelerator-endpoints-stack",
    says: /endpointConfigurations lead to "shop"; they must lead to load balancers/,
  },
  "beanstalk-environment": unjudged(
    /aws:elb:listener ListenerProtocol is not set, which means "HTTP"; it must be/,
  ),
  "beanstalk-instance-alone": unjudged(/EnvironmentType is "SingleInstance": the world reaches its instance/),
  "association-writes-a-cron-job": routes(/name is "AWS-RunShellScript", which may make or change/),
  "build-opens-a-port": routes(/A call in source is "ec2:authorizeSecurityGroupIngress"/),
  "experiment-runs-commands": routes(/documentArn is "arn:aws:ssm:eu-west-1::document\/AWS-RunShellScript"/),
  "schedule-of-a-made-up-target": {
    rule: "other-routes-stack",
    says: /target\.arn is not known before deployment, and comes from nothing that it may call/,
  },
  "state-machine-calls-aws-by-http": routes(/An action of definition is "http:invoke"/),
  "cloud-control-listener": routes(/typeName is "aws::ElasticLoadBalancingV2::listener"/),
  "cloud-control-of-unknown-type": routes(/typeName is not known before deployment/),
  "cloudformation-stack": routes(/makes what its template says, which no rule sees/),
  "command-makes-listener": routes(/runs a command, which may make anything/),
  "controller-makes-listener": routes(/:Listener is another provider's name for what the rules judge/),
  "dynamic-provider": routes(/dynamic\/acme:Door is a dynamic provider's, whose code may make anything/),
  "express-service": unjudged(/ExpressGatewayService brings a load balancer that no rule judges/),
  "function-makes-listener": routes(/calls a function, whose code may make anything/),
  "helm-chart-service": unjudged(/spec\.type is not known before deployment/),
  "helm-release": routes(/makes what its chart says, which no rule sees/),
  "kubernetes-ingress": unjudged(/spec\.ingressClassName is "alb"/),
  "kubernetes-service": unjudged(/spec\.type is "LoadBalancer"/),
  "lattice-in-clear": unjudged(/protocol is "HTTP"; it must be "HTTPS" or "TLS_PASSTHROUGH"/),
  "lightsail-balancer": unjudged(/Lb brings a load balancer that no rule judges/),
  "lightsail-instance": unjudged(/Instance lets visitors reach instances past any load balancer/),
  "native-bucket": routes(/aws-native:s3:Bucket is another provider's name/),
  "native-bucket-policy": routes(/aws-native:s3:BucketPolicy is another provider's name/),
  "native-listener": routes(/aws-native:elasticloadbalancingv2:Listener is another provider's name/),
  "native-vpc": routes(/aws-native:ec2:Vpc is another provider's name/),
  "scheduled-listener": routes(/aws-sdk:elasticloadbalancingv2:createListener", which may make or change/),
  "scheduled-suspension": routes(/aws-sdk:autoscaling:suspendProcesses", which may make or change/),
  "association-runs-commands": routes(/name is "AWS-RunShellScript", which may make or change/),
  "scheduled-trust-in-ec2": routes(/autoscaling:updateAutoScalingGroup", which may make or change/),
  "state-machine-makes-listener": routes(
    /An action of definition is "elasticloadbalancingv2:createListener"/,
  ),
  "address-by-user-data": routes(/A call in userData is "ec2:associateAddress"/),
  "native-address": routes(/typeName is "AWS::EC2::EIP"/),
  "ingress-of-another-class": {
    rule: "unjudged-load-balancers-stack",
    says: /class is that of a controller of AWS/,
  },
  "lightsail-distribution-in-clear": unjudged(/origin\.protocolPolicy is "http-only"/),
  "terraform-module": routes(/albmodule:tf:aws_lb_listener is another provider's name/),
};
