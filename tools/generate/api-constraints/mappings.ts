/** Mappings that the generator can't find by name, kept by hand. */

/**
 * The version of botocore that the table is made from, and its release day: the date of the files in its wheel on PyPI.
 */
export const RELEASED = { version: "1.44.8", released: "2026-11-20" } as const;

/**
 * The services that a module of `@pulumi/aws` calls, where the module's name differs from botocore's name of the
 * service.
 */
export const SERVICES: Readonly<Record<string, readonly string[]>> = {
  alb: ["elbv2"],
  appautoscaling: ["application-autoscaling"],
  applicationloadbalancing: ["elbv2"],
  bcmdata: ["bcm-data-exports"],
  bedrock: ["bedrock", "bedrock-agent", "bedrock-agentcore-control"],
  bedrockfoundation: ["bedrock"],
  bedrockmodel: ["bedrock"],
  cfg: ["config"],
  chime: ["chime", "chime-sdk-voice"],
  cloudwatch: ["cloudwatch", "logs", "events"],
  cognito: ["cognito-idp", "cognito-identity"],
  costexplorer: ["ce"],
  directoryservice: ["ds"],
  ec2clientvpn: ["ec2"],
  ec2transitgateway: ["ec2"],
  ecr: ["ecr", "ecr-public"],
  elasticsearch: ["es"],
  kinesis: ["kinesis", "firehose", "kinesisanalytics", "kinesisanalyticsv2", "kinesisvideo"],
  lb: ["elbv2"],
  lex: ["lexv2-models", "lex-models"],
  macie: ["macie2"],
  msk: ["kafka"],
  mskconnect: ["kafkaconnect"],
  opensearch: ["opensearch", "opensearchserverless", "osis"],
  opensearchingest: ["osis"],
  pinpoint: ["pinpoint", "pinpoint-sms-voice-v2"],
  resourceexplorer: ["resource-explorer-2"],
  route53: ["route53", "route53resolver"],
  route53recoverycontrol: ["route53-recovery-control-config"],
  serverlessrepository: ["serverlessrepo"],
  servicecatalog: ["servicecatalog", "servicecatalog-appregistry"],
  sfn: ["stepfunctions"],
  ssm: ["ssm", "ssm-quicksetup"],
  verifiedaccess: ["ec2"],
  vpc: ["ec2", "vpc-lattice"],
  wafregional: ["waf-regional"],
};

/** Properties of all types that do not reach an API unchanged, and why. */
export const EXCEPT: Readonly<Record<string, string>> = {
  tagsAll: "the provider computes it",
  region: "only the provider reads it: where to send the request",
  namePrefix: "the provider makes a name from it",
  forceDestroy: "only the provider reads it: what to do before it deletes",
  skipDestroy: "only the provider reads it: whether to delete",
};

const S3_API = "https://docs.aws.amazon.com/AmazonS3/latest/API";
const DYNAMODB_API = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference";

/**
 * Enums that are closed, as `service Shape`, each with its page. They have two or three values, which describe how the
 * service works, not what it offers.
 */
export const CLOSED_ENUMS: Readonly<Record<string, string>> = {
  "dynamodb KeyType": `${DYNAMODB_API}/API_KeySchemaElement.html`,
  "dynamodb ScalarAttributeType": `${DYNAMODB_API}/API_AttributeDefinition.html`,
  "s3 ExpirationStatus": `${S3_API}/API_LifecycleRule.html`,
};
