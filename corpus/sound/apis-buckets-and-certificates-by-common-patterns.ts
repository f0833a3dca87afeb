// APIs, buckets and certificates as documentation, modules and examples have them.
import * as pulumi from "@pulumi/pulumi";

import { aws, ids, role, store as storeOf, valid, vpc } from "../store";

{
  // One statement for the bucket, one for its objects.
  const store = storeOf("bucket-dits");
  store.https();
  store.group();
  const b = new aws.s3.Bucket("bucket-dits-orders", {});
  new aws.s3.BucketPolicy("bucket-dits-x", {
    bucket: b.id,
    policy: b.arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [arn, `${arn}/*`].map((Resource) => ({
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        })),
      }),
    ),
  });
}
{
  // One certificate for the tenants of a SaaS.
  const store = storeOf("wildcard-c");
  const c = new aws.acm.Certificate("wildcard-c-x", { domainName: "*.example.com", validationMethod: "DNS" });
  const v = new aws.acm.CertificateValidation("wildcard-c-tenants", { certificateArn: c.arn });
  store.https({ certificateArn: v.certificateArn });
  store.group();
}
{
  // Wildcard sans email.
  const store = storeOf("wildcard-se");
  const c = new aws.acm.Certificate("wildcard-se-x", {
    domainName: "example.com",
    subjectAlternativeNames: ["*.example.com"],
    validationMethod: "EMAIL",
  });
  const v = new aws.acm.CertificateValidation("wildcard-se-x", { certificateArn: c.arn });
  store.https({ certificateArn: v.certificateArn });
  store.group();
}
{
  new aws.apigateway.RestApi("rest-abd-shop", { endpointConfiguration: { types: "REGIONAL" } });
  new aws.apigateway.DomainName("rest-abd-shop", {
    domainName: "api.example.com",
    regionalCertificateArn: valid.certificateArn,
    endpointConfiguration: { types: "REGIONAL" },
    securityPolicy: "TLS_1_2",
  });
}
{
  const f = new aws.lambda.Function("api-ghl-fn", {
    role,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = async () => ({})"),
    }),
  });
  const api = new aws.apigatewayv2.Api("api-ghl-shop", { protocolType: "HTTP" });
  new aws.lambda.Permission("api-ghl-api", {
    action: "lambda:InvokeFunction",
    function: f.name,
    principal: "apigateway.amazonaws.com",
    sourceArn: pulumi.interpolate`${api.executionArn}/*`,
  });
  const i = new aws.apigatewayv2.Integration("api-ghl-fn", {
    apiId: api.id,
    integrationType: "AWS_PROXY",
    integrationUri: f.arn,
    payloadFormatVersion: "2.0",
  });
  new aws.apigatewayv2.Route("api-ghl-all", {
    apiId: api.id,
    routeKey: "$default",
    target: pulumi.interpolate`integrations/${i.id}`,
  });
  new aws.apigatewayv2.Stage("api-ghl-live", { apiId: api.id, name: "$default", autoDeploy: true });
}
{
  // Lambda target.
  const store = storeOf("lambda-t");
  const t = new aws.lb.TargetGroup("lambda-t-fn", { targetType: "lambda" });
  const f = new aws.lambda.Function("lambda-t-fn", {
    role,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = async () => ({})"),
    }),
  });
  const p = new aws.lambda.Permission("lambda-t-lb", {
    action: "lambda:InvokeFunction",
    function: f.name,
    principal: "elasticloadbalancing.amazonaws.com",
    sourceArn: t.arn,
  });
  new aws.lb.TargetGroupAttachment(
    "lambda-t-fn",
    { targetGroupArn: t.arn, targetId: f.arn },
    { dependsOn: p },
  );
  store.https({ defaultActions: [{ type: "forward", targetGroupArn: t.arn }] });
}
{
  const b = new aws.s3.Bucket("public-btos-pub");
  new aws.s3.BucketPolicy("public-btos-pub", {
    bucket: b.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: pulumi.interpolate`${b.arn}/*` },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [b.arn, pulumi.interpolate`${b.arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    }),
  });
}
{
  // Rds beside.
  const store = storeOf("rds-beside");
  store.https();
  store.group();
  const db = new aws.ec2.SecurityGroup("rds-beside-db", {
    vpcId: vpc.id,
    ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [store.appSg.id] }],
  });
  new aws.rds.SubnetGroup("rds-beside-db", { subnetIds: ids });
  new aws.rds.Instance("rds-beside-db", {
    engine: "postgres",
    instanceClass: "db.t4g.micro",
    allocatedStorage: 20,
    username: "shop",
    manageMasterUserPassword: true,
    vpcSecurityGroupIds: [db.id],
    skipFinalSnapshot: true,
  });
}
{
  // Flow logs are the landing zone's (a subscription of the organisation), not the program's.
  const store = storeOf("vpc-wflh");
  store.https();
  store.group();
  new aws.ec2.Vpc("vpc-wflh-x", { cidrBlock: "10.8.0.0/16" });
}
