import { DISTRIBUTION, LISTENER, LISTENER_CERTIFICATE } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "./cases";

const certificate = (region: string): string =>
  `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab`;
const BALANCER =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/store/50dc6c495c0c9188";
const IAM = "arn:aws:iam::123456789012:server-certificate/store";

describe("certificate-region", () => {
  const suite = new RuleSuite("certificate-region");
  const [far, near] = [certificate("us-east-1"), certificate("eu-west-1")];
  suite.check(LISTENER[0], [
    {
      title: "passes one of the same Region",
      props: { region: "eu-west-1", certificateArn: near },
      says: [],
    },
    {
      title: "passes one while the listener's Region is the provider's",
      props: { certificateArn: far },
      says: [],
    },
    { title: "passes an unknown one", props: { region: "eu-west-1", certificateArn: UNKNOWN }, says: [] },
    { title: "passes an unknown Region", props: { region: UNKNOWN, certificateArn: far }, says: [] },
    { title: "passes none", props: { region: "eu-west-1" }, says: [] },
    {
      title: "passes one of IAM, which has no Region",
      props: { region: "eu-west-1", certificateArn: IAM },
      says: [],
    },
    { title: "passes what is no ARN", props: { region: "eu-west-1", certificateArn: [far] }, says: [] },
    { title: "passes null", props: { region: null, certificateArn: null }, says: [] },
    {
      title: "refuses one of another Region, secret or not",
      props: { region: "eu-west-1", certificateArn: secret(far) },
      says: ['the Region of certificateArn is "us-east-1"; it must be "eu-west-1"'],
    },
    {
      title: "refuses one of another Region than the load balancer's",
      props: { loadBalancerArn: BALANCER, certificateArn: far },
      says: ['the Region of certificateArn is "us-east-1"; it must be "eu-west-1"'],
    },
  ]);
  suite.check(DISTRIBUTION[0], [
    {
      title: "passes us-east-1 for CloudFront",
      props: { viewerCertificate: { acmCertificateArn: far } },
      says: [],
    },
    { title: "passes an unknown one for CloudFront", props: { viewerCertificate: UNKNOWN }, says: [] },
    {
      title: "passes CloudFront's own",
      props: { viewerCertificate: { cloudfrontDefaultCertificate: true } },
      says: [],
    },
    {
      title: "refuses any other Region for CloudFront",
      props: { viewerCertificate: { acmCertificateArn: near } },
      says: ['the Region of viewerCertificate.acmCertificateArn is "eu-west-1"; it must be "us-east-1"'],
    },
  ]);
  for (const type of [...LISTENER, ...LISTENER_CERTIFICATE]) {
    suite.check(type, [
      {
        title: `judges ${type}`,
        props: { region: "eu-west-1", certificateArn: far },
        says: ['the Region of certificateArn is "us-east-1"; it must be "eu-west-1"'],
      },
    ]);
  }
});
