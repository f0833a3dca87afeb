import { JUDGED } from "./types";

/**
 * CloudFormation types whose service or kind has another name in `@pulumi/aws`, or is missing there.
 *
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const CLOUDFORMATION_NAMES = [
  "ElasticLoadBalancingV2::ListenerRule",
  "AutoScaling::AutoScalingGroup",
  "AutoScaling::LaunchConfiguration",
  "EC2::SecurityGroupIngress",
  "EC2::SpotFleet",
  "EC2::EC2Fleet",
  "EC2::VPCEndpointServicePermissions",
  "CertificateManager::Certificate",
  "Events::Rule",
  "EKS::Nodegroup",
  "Config::RemediationConfiguration",
  "Lightsail::Container",
  "Lightsail::LoadBalancer",
  "OpenSearchService::Domain",
  "ServiceCatalog::CloudFormationProvisionedProduct",
  "CloudFormation::CustomResource",
  "CloudFormation::CustomResourceEmulator",
] as const;

/**
 * Types of Terraform's AWS provider, without `aws_`, that have another name in `@pulumi/aws`.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
const TERRAFORM_NAMES = [
  "lb",
  "alb",
  "elb",
  "load_balancer_policy",
  "config_remediation_configuration",
  "cloudcontrolapi_resource",
  "serverlessapplicationrepository_cloudformation_stack",
  "api_gateway_domain_name",
  "api_gateway_integration",
  "vpc_endpoint_service_allowed_principal",
  "lb_ssl_negotiation_policy",
] as const;

/** A name without the case, colons, hyphens and underscores in which providers differ. */
export const plain = (name: string): string => name.toLowerCase().replace(/[:_-]/g, "");

/** Module and kind of each judged type, such as `ec2` and `Eip`. */
const PARTS = JUDGED.map((type) => {
  const [, module = "", kind = ""] = type.split(":");
  return [module.split("/")[0]!, kind] as const;
});

/** The judged types as CloudFormation names them: service and kind in one word. */
const CLOUDFORMATION = new Set([
  ...CLOUDFORMATION_NAMES.map(plain),
  ...PARTS.map(([module, kind]) => plain(module + kind)),
]);

/** The judged types as Terraform names them, which omits the service for EC2. */
const TERRAFORM = new Set([
  ...TERRAFORM_NAMES.map(plain),
  ...PARTS.flatMap(([module, kind]) => [plain(module + kind), ...(module === "ec2" ? [plain(kind)] : [])]),
]);

/** True for a type of CloudFormation that the rules judge, such as `AWS::EC2::EIP`, by service and kind. */
export function isJudgedInCloudFormation(serviceAndKind: string): boolean {
  return CLOUDFORMATION.has(plain(serviceAndKind));
}

/** True for a type of Terraform's AWS provider that the rules judge, without `aws_`. */
export function isJudgedInTerraform(kind: string): boolean {
  return TERRAFORM.has(plain(kind));
}
