import assert from "node:assert/strict";
import { RuleSuite, type Props } from "../../../support/rule-suite";
import { secret, UNKNOWN } from "../../../support/pack";

const page = (member: string, service: string, operation: string, api: string): string =>
  `(${member} of ${service} ${operation}, https://docs.aws.amazon.com/goto/WebAPI/${api}/${operation})`;
const check = (member: string): string =>
  page(`HealthCheckConfig.${member}`, "route53", "CreateHealthCheck", "route53-2013-04-01");
const table = (member: string): string => page(member, "dynamodb", "CreateTable", "dynamodb-2012-08-10");
const acl = (member: string): string => page(member, "wafv2", "CreateWebACL", "wafv2-2019-07-29");
const role = (member: string): string => page(member, "iam", "CreateRole", "iam-2010-05-08");
const REGIONS = ["eu-west-1", "us-east-1", "us-west-2"];

const SUBNETS = ["subnet-0a1b2c3d", "subnet-0123456789abcdef0"];
const GROUPS = ["sg-0a1b2c3d", "sg-0123456789abcdef0"];
const NO_GROUPS = [
  "web",
  "vpc-0123456789abcdef0",
  "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a1b2c3d",
];
const NAMED_GROUPS = [...GROUPS, "123456789012/sg-0123456789abcdef0"];
const NO_NAMED_GROUPS = ["10.0.0.0/16", "subnet-0a1b2c3d", "web"];
const LISTS = ["pl-0a1b2c3d", "pl-0123456789abcdef0"];
const VPCS = ["vpc-0a1b2c3d", "vpc-0123456789abcdef0"];
const FILES = [
  "fs-0a1b2c3d",
  "arn:aws-us-gov:elasticfilesystem:us-gov-west-1:123456789012:file-system/fs-0123456789abcdef0",
];
const TARGETS = ["aws", "aws-cn", "aws-us-gov"].map(
  (partition) =>
    `arn:${partition}:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/73e2d6bc24d8a067`,
);
const NO_TARGETS = [
  "web",
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188",
];
const ACTIONS = [
  "arn:aws:sns:eu-west-1:123456789012:ops",
  "arn:aws-cn:sns:cn-north-1:123456789012:ops",
  "arn:aws:automate:eu-west-1:ec2:recover",
  "arn:aws:swf:us-east-1:123456789012:action/actions/AWS_EC2.InstanceId.Reboot/1.0",
  "arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:1:autoScalingGroupName/web:policyName/out",
  "arn:aws:lambda:eu-west-1:123456789012:function:heal",
  "arn:aws:ssm-incidents::123456789012:response-plan/ops",
];
const ROLES = ["arn:aws:iam::123456789012:role/shop", "arn:aws-cn:iam::123456789012:role/team/shop"];
const NO_TIMES = ["3:00-4:00", "night", "mon:03:00-mon:04:00"];
const POLICIES = ["arn:aws-cn:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::123456789012:policy/team/shop"];
const NO_POLICIES = ["arn:aws:iam::123456789012:role/shop", "AmazonSSMManagedInstanceCore"];
const NO_DAYS = ["03:00-04:00", "sunday:05:00-sunday:06:00", "sun:05:00"];
/** By type and place: values that AWS accepts, and values that it refuses. */
const IDS: readonly (readonly [
  type: string,
  place: string,
  sound: readonly string[],
  wrong: readonly string[],
])[] = [
  ["autoscaling/group:Group", "launchTemplate.id", ["lt-0a1b2c3d"], ["web", "ami-0a1b2c3d"]],
  ["autoscaling/group:Group", "vpcZoneIdentifiers*", SUBNETS, ["vpc-0a1b2c3d", "eu-west-1a"]],
  ["autoscaling/group:Group", "targetGroupArns*", TARGETS, NO_TARGETS],
  ["autoscaling/attachment:Attachment", "lbTargetGroupArn", TARGETS, NO_TARGETS],
  ["ecs/service:Service", "networkConfiguration.subnets*", SUBNETS, ["eu-west-1a", "vpc-0a1b2c3d"]],
  ["ecs/service:Service", "networkConfiguration.securityGroups*", GROUPS, NO_GROUPS],
  ["ecs/service:Service", "loadBalancers*.targetGroupArn", TARGETS, NO_TARGETS],
  ["ecs/taskSet:TaskSet", "networkConfiguration.subnets*", SUBNETS, ["sg-0a1b2c3d"]],
  [
    "cloudwatch/eventTarget:EventTarget",
    "ecsTarget.networkConfiguration.subnets*",
    SUBNETS,
    ["vpc-0a1b2c3d"],
  ],
  ["ec2/securityGroup:SecurityGroup", "ingress*.securityGroups*", NAMED_GROUPS, NO_NAMED_GROUPS],
  ["ec2/securityGroup:SecurityGroup", "egress*.prefixListIds*", LISTS, ["com.amazonaws.eu-west-1.s3"]],
  [
    "ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "ingress*.securityGroups*",
    NAMED_GROUPS,
    NO_NAMED_GROUPS,
  ],
  ["ec2/securityGroupRule:SecurityGroupRule", "sourceSecurityGroupId", NAMED_GROUPS, NO_NAMED_GROUPS],
  ["ec2/securityGroupRule:SecurityGroupRule", "prefixListIds*", LISTS, ["sg-0a1b2c3d"]],
  [
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "referencedSecurityGroupId",
    NAMED_GROUPS,
    NO_NAMED_GROUPS,
  ],
  ["ec2/networkAcl:NetworkAcl", "subnetIds*", SUBNETS, ["vpc-0a1b2c3d"]],
  ["ec2/networkAclRule:NetworkAclRule", "networkAclId", ["acl-0a1b2c3d"], ["vpc-0a1b2c3d", "main"]],
  ["ec2/networkAclAssociation:NetworkAclAssociation", "subnetId", SUBNETS, ["acl-0a1b2c3d"]],
  ["ec2/vpcPeeringConnection:VpcPeeringConnection", "peerVpcId", VPCS, ["pcx-0a1b2c3d"]],
  ["ec2/volumeAttachment:VolumeAttachment", "volumeId", ["vol-0a1b2c3d"], ["snap-0a1b2c3d"]],
  ["ec2/eipAssociation:EipAssociation", "allocationId", ["eipalloc-0a1b2c3d"], ["192.0.2.1"]],
  ["ec2/routeTable:RouteTable", "routes*.natGatewayId", ["nat-0a1b2c3d"], ["eni-0a1b2c3d"]],
  ["efs/mountTarget:MountTarget", "fileSystemId", FILES, ["fsap-0a1b2c3d"]],
  ["efs/mountTarget:MountTarget", "subnetId", SUBNETS, ["vpc-0123456789abcdef0"]],
  ["efs/mountTarget:MountTarget", "securityGroups*", GROUPS, ["vpc-0123456789abcdef0"]],
  ["efs/accessPoint:AccessPoint", "fileSystemId", FILES, ["fsap-0a1b2c3d"]],
  ["rds/cluster:Cluster", "vpcSecurityGroupIds*", GROUPS, NO_GROUPS],
  ["cloudwatch/metricAlarm:MetricAlarm", "alarmActions*", ACTIONS, ["ops", "https://example.com/ops"]],
  ["cloudwatch/metricAlarm:MetricAlarm", "okActions*", ACTIONS, ["ops"]],
  ["cloudwatch/metricAlarm:MetricAlarm", "insufficientDataActions*", ACTIONS, ["ops"]],
  ["cloudwatch/compositeAlarm:CompositeAlarm", "alarmActions*", ACTIONS, ["ops"]],
  ["rds/instance:Instance", "instanceClass", ["db.t4g.micro", "db.serverless"], ["t4g.micro"]],
  ["rds/instance:Instance", "backupWindow", ["03:00-04:00", "23:30-00:30"], NO_TIMES],
  ["rds/instance:Instance", "maintenanceWindow", ["Mon:00:00-Mon:03:00"], NO_DAYS],
  ["rds/cluster:Cluster", "preferredBackupWindow", ["07:00-09:00"], NO_TIMES],
  ["rds/clusterInstance:ClusterInstance", "preferredMaintenanceWindow", ["sun:05:00-sun:06:00"], NO_DAYS],
  ["docdb/cluster:Cluster", "preferredMaintenanceWindow", ["sun:05:00-sun:06:00"], NO_DAYS],
  ["elasticache/replicationGroup:ReplicationGroup", "maintenanceWindow", ["sun:05:00-sun:09:00"], NO_DAYS],
  ["elasticache/replicationGroup:ReplicationGroup", "snapshotWindow", ["05:00-09:00"], NO_TIMES],
  ["eks/cluster:Cluster", "roleArn", ROLES, ["cluster", ROLES[0]!.replace("role/", "user/")]],
  ["eks/nodeGroup:NodeGroup", "nodeRoleArn", ROLES, ["nodes"]],
  ["eks/fargateProfile:FargateProfile", "subnetIds*", SUBNETS, ["vpc-0a1b2c3d"]],
  ["elasticache/cluster:Cluster", "nodeType", ["cache.t4g.micro"], ["t4g.micro", "db.t4g.micro"]],
  ["elasticache/replicationGroup:ReplicationGroup", "nodeType", ["cache.r7g.large"], ["r7g.large"]],
  ["memorydb/cluster:Cluster", "nodeType", ["db.t4g.small"], ["t4g.small"]],
  ["memorydb/cluster:Cluster", "maintenanceWindow", ["sun:05:00-sun:06:00"], NO_DAYS],
  ["msk/cluster:Cluster", "brokerNodeGroupInfo.instanceType", ["express.m7g.large"], ["m7g.large"]],
  ["dms/replicationInstance:ReplicationInstance", "replicationInstanceClass", ["dms.t3.micro"], ["t3.micro"]],
  ["ebs/volume:Volume", "availabilityZone", ["eu-west-1a", "us-west-2-lax-1a"], ["eu-west-1"]],
  ["rds/cluster:Cluster", "availabilityZones*", ["us-gov-west-1a"], ["us-gov-west-1"]],
  ["cloudwatch/logGroup:LogGroup", "kmsKeyId", ["arn:aws-cn:kms:cn-north-1:1:key/a"], ["alias/shop"]],
  ["cloudwatch/eventTarget:EventTarget", "arn", ACTIONS, ["shop"]],
  ["ec2/flowLog:FlowLog", "logDestination", ["arn:aws-cn:s3:::flows", ...ACTIONS], ["flows"]],
  ["iam/role:Role", "managedPolicyArns*", POLICIES, NO_POLICIES],
  ["iam/rolePolicyAttachment:RolePolicyAttachment", "policyArn", POLICIES, NO_POLICIES],
  ["s3/bucketNotification:BucketNotification", "lambdaFunctions*.lambdaFunctionArn", ACTIONS, ["shop"]],
  ["s3/bucketNotification:BucketNotification", "queues*.queueArn", ACTIONS, ["orders"]],
  ["s3/bucketNotification:BucketNotification", "topics*.topicArn", ["arn:aws:sns:eu-west-1:1:a"], ["orders"]],
  // The policy of an EKS access entry has another form.
  [
    "eks/accessPolicyAssociation:AccessPolicyAssociation",
    "policyArn",
    ["arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"],
    [],
  ],
  // AWS Glue jobs have a maintenance window of an hour on a day of the week.
  ["glue/job:Job", "maintenanceWindow", ["Sun:3"], []],
  // Names of groups in the default VPC, and target groups of VPC Lattice.
  ["ec2/instance:Instance", "securityGroups*", ["web", ...GROUPS], []],
  [
    "ecs/service:Service",
    "vpcLatticeConfigurations*.targetGroupArn",
    ["arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-0123456789abcdef0"],
    [],
  ],
];

/** An object with a value at a place, where `*` stands for a list's only element. */
function at(place: string, value: unknown): Props {
  return place
    .split(".")
    .reverse()
    .reduce<unknown>((inner, key) => {
      const name = key.replace("*", "");
      return { [name]: key.endsWith("*") ? [inner] : inner };
    }, value) as Props;
}

describe("api-constraints", () => {
  const suite = new RuleSuite("api-constraints");

  describe("on a health check", () => {
    suite.checkSentences("aws:route53/healthCheck:HealthCheck", [
      {
        title: "passes values that AWS accepts",
        props: { type: "HTTPS", regions: REGIONS, failureThreshold: 3 },
        says: [],
      },
      {
        title: "requires properties that AWS and the provider require",
        props: { failureThreshold: 3 },
        says: [`type is not set; AWS requires it ${check("Type")}`],
      },
      {
        title: "passes unknown values, in lists, too",
        props: { type: UNKNOWN, failureThreshold: UNKNOWN, regions: [UNKNOWN, UNKNOWN, UNKNOWN] },
        says: [],
      },
      {
        title: "counts elements, including unknown ones",
        props: { type: "HTTPS", regions: [UNKNOWN, "us-east-1"] },
        says: [`regions has 2 elements; AWS allows 3 to 64 ${check("Regions")}`],
      },
      { title: "passes an empty list, which is not sent", props: { type: "HTTPS", regions: [] }, says: [] },
      {
        title: "refuses a number out of range, in digits too, and one beside an unknown value",
        props: { type: "HTTPS", failureThreshold: 11, requestInterval: "31", fqdn: UNKNOWN },
        says: [
          `failureThreshold is 11; AWS allows 1 to 10 ${check("FailureThreshold")}`,
          `requestInterval is 31; AWS allows 10 to 30 ${check("RequestInterval")}`,
        ],
      },
      { title: "passes a zero, which is not sent", props: { type: "HTTPS", failureThreshold: 0 }, says: [] },
      {
        title: "refuses a text that is too long, without showing it",
        props: { type: "HTTPS", resourcePath: secret(`/${"a".repeat(255)}`) },
        says: [`resourcePath has 256 characters; AWS allows at most 255 ${check("ResourcePath")}`],
      },
      {
        title: "counts characters, not UTF-16 code units",
        props: { type: "HTTPS", resourcePath: "🛒".repeat(255) },
        says: [],
      },
    ]);
  });

  describe("on a role", () => {
    const trust = { assumeRolePolicy: "{}" };
    suite.checkSentences("aws:iam/role:Role", [
      { title: "passes good tags", props: { ...trust, tags: { Team: "shop", "cost centre": "" } }, says: [] },
      {
        title: "judges the keys, values and number of tags",
        props: {
          ...trust,
          tags: {
            "the shop's": "a,b",
            ...Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`t${at}`, "x"])),
          },
        },
        says: [
          `tags has 51 entries; AWS allows at most 50 ${role("Tags")}`,
          `a key of tags is another string (not shown, as it may be secret); AWS allows values that match ^(?:[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$ ${role("Tags")}`,
          `tags["the shop's"] is another string (not shown, as it may be secret); AWS allows values that match ^(?:[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$ ${role("Tags")}`,
        ],
      },
      {
        title: "ignores the list of properties that the provider filled in",
        props: { ...trust, tags: { __defaults: ["a,b"], Team: "shop" } },
        says: [],
      },
      { title: "leaves values other than texts to the provider", props: { ...trust, path: true }, says: [] },
      {
        title: "shows a single value",
        props: { ...trust, path: "team" },
        says: [
          `path is "team"; AWS allows values that match ^(?:(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F))$ ${role("Path")}`,
        ],
      },
    ]);
  });

  describe("on a table", () => {
    const schema = { hashKey: "id", attributes: [{ name: "id", type: "S" }] };
    suite.checkSentences("aws:dynamodb/table:Table", [
      { title: "passes good attributes", props: schema, says: [] },
      {
        title: "refuses a value outside a closed list",
        props: { ...schema, attributes: [{ name: "id", type: "D" }] },
        says: [
          `attributes[0].type is "D"; AWS allows S, N, B ${table("AttributeDefinitions.AttributeType").replace("AttributeDefinitions.", "")}`,
        ],
      },
      {
        title: "accepts a value in another case",
        props: { ...schema, attributes: [{ name: "id", type: "s" }] },
        says: [],
      },
    ]);
  });

  describe("on a web ACL", () => {
    const visibilityConfig = {
      cloudwatchMetricsEnabled: true,
      metricName: "shop",
      sampledRequestsEnabled: true,
    };
    suite.checkSentences("aws:wafv2/webAcl:WebAcl", [
      {
        title: "passes a description without apostrophes",
        props: {
          scope: "REGIONAL",
          visibilityConfig,
          defaultAction: { allow: {} },
          description: "What floods the store.",
        },
        says: [],
      },
      {
        title: "judges patterns and nested values",
        props: {
          scope: "REGIONAL",
          visibilityConfig: { ...visibilityConfig, metricName: "of the shop" },
          defaultAction: { block: { customResponse: { responseCode: 99 } } },
        },
        says: [
          `defaultAction.block.customResponse.responseCode is 99; AWS allows 200 to 599 ${acl("ResponseCode")}`,
          `visibilityConfig.metricName is another string (not shown, as it may be secret); AWS allows values that match ^(?:^[\\w#:\\.\\-/]+$)$ ${acl("MetricName")}`,
        ],
      },
    ]);
  });

  describe("on a resource type whose name another service of the same module has, too", () => {
    suite.checkSentences("aws:ecr/repository:Repository", [
      { title: "uses its own service's constraints", props: { name: `shop/${"a".repeat(240)}` }, says: [] },
      {
        title: "refers to its own service's documentation",
        props: { name: "a" },
        says: [
          `name has 1 characters; AWS allows 2 to 256 ${page("repositoryName", "ecr", "CreateRepository", "ecr-2015-09-21")}`,
        ],
      },
    ]);
    suite.checkSentences("aws:kinesis/stream:Stream", [
      {
        title: "uses its own service's constraints",
        props: { name: "a".repeat(129) },
        says: [
          `name has 129 characters; AWS allows 1 to 128 ${page("StreamName", "kinesis", "CreateStream", "kinesis-2013-12-02")}`,
        ],
      },
    ]);
  });

  describe("on a name", () => {
    suite.checkSentences("aws:cognito/userPool:UserPool", [
      { title: "does not treat an ID as the name", props: { name: "a".repeat(128) }, says: [] },
    ]);
  });

  describe("on a value that only the provider interprets", () => {
    suite.checkSentences("aws:lambda/function:Function", [
      {
        title: "passes a reservation of zero",
        props: { role: "arn:aws:iam::123456789012:role/shop", reservedConcurrentExecutions: -1 },
        says: [],
      },
    ]);
    suite.checkSentences("aws:s3/bucketVersioning:BucketVersioning", [
      {
        title: "passes a bucket without versioning",
        props: { bucket: "shop", versioningConfiguration: { status: "Disabled" } },
        says: [],
      },
    ]);
  });

  describe("on IDs, whose form no model contains", () => {
    const topic = "arn:aws:sns:eu-west-1:123456789012:shop";
    const subnet = (member: string): string => page(member, "ec2", "CreateSubnet", "ec2-2016-11-15");
    suite.checkSentences("aws:ec2/subnet:Subnet", [
      { title: "passes an ID of the right kind, known or not", props: { vpcId: "vpc-0a1b2c3d" }, says: [] },
      { title: "passes an unknown value", props: { vpcId: UNKNOWN }, says: [] },
      {
        title: "refuses IDs of other kinds",
        props: { vpcId: topic },
        says: [`vpcId is "${topic}"; AWS allows values that match ^(?:vpc-.+)$ ${subnet("VpcId")}`],
      },
      {
        title: "refuses tags that exceed the limit of every service",
        props: { vpcId: "vpc-0a1b2c3d", tags: { ["k".repeat(129)]: "v".repeat(257), team: "v".repeat(256) } },
        says: [
          `a key of tags has 129 characters; AWS allows at most 128 ${subnet("TagSpecifications.Tags")}`,
          `tags[${JSON.stringify("k".repeat(129))}] has 257 characters; AWS allows at most 256 ${subnet("TagSpecifications.Tags")}`,
        ],
      },
    ]);
    suite.checkSentences("aws:sns/topicSubscription:TopicSubscription", [
      {
        title: "refuses a bucket instead of a topic",
        props: { topic: "news", protocol: "email", endpoint: "desk@example.com" },
        says: [
          `topic is "news"; AWS allows values that match ^(?:arn:[^:]+:sns:.+)$ ${page("TopicArn", "sns", "Subscribe", "sns-2010-03-31")}`,
        ],
      },
    ]);
    suite.checkSentences("aws:cloud9/environmentEC2:EnvironmentEC2", [
      {
        title: "ignores another service's image IDs",
        props: { imageId: "amazonlinux-2023-x86_64", instanceType: "t3.small" },
        says: [],
      },
    ]);
    suite.checkSentences("aws:ec2/instance:Instance", [
      {
        title: "knows properties that the SDK renames",
        props: { ami: "ubuntu-24.04", vpcSecurityGroupIds: ["subnet-0a1b2c3d"] },
        says: [
          `ami is "ubuntu-24.04"; AWS allows values that match ^(?:(ami-|resolve:ssm:).+)$ ${page("ImageId", "ec2", "RunInstances", "ec2-2016-11-15")}`,
          `vpcSecurityGroupIds[0] is "subnet-0a1b2c3d"; AWS allows values that match ^(?:sg-.+)$ ${page("SecurityGroupIds", "ec2", "RunInstances", "ec2-2016-11-15")}`,
        ],
      },
    ]);
    suite.checkSentences("aws:rds/subnetGroup:SubnetGroup", [
      {
        title: "knows a property by its name if the model accepts any text",
        props: { subnetIds: ["subnet-0a1b2c3d", "vpc-0a1b2c3d"] },
        says: [
          `subnetIds[1] is "vpc-0a1b2c3d"; AWS allows values that match ^(?:subnet-.+)$ ${page("SubnetIds", "rds", "CreateDBSubnetGroup", "rds-2014-10-31")}`,
        ],
      },
    ]);
  });

  describe("on IDs and ARNs of another kind", () => {
    for (const [type, place, sound, wrong] of IDS) {
      it(`refuses them as ${place} of ${type}, and passes its own kind`, async () => {
        const label = place.replaceAll("*", "[0]");
        const objections = async (id: unknown): Promise<number> => {
          const problems = await suite.sentencesOf({ type: `aws:${type}`, props: at(place, id) });
          return problems.filter((problem) => problem.startsWith(`${label} is `)).length;
        };
        for (const id of [...sound, UNKNOWN]) assert.equal(await objections(id), 0, String(id));
        for (const id of wrong) assert.equal(await objections(id), 1, id);
      });
    }
  });

  describe("on exactly one of several properties", () => {
    const application = page("definition", "m2", "CreateApplication", "m2-2021-04-28");
    const [content, s3Location] = ["{}", "s3://shop/bill"];
    const has = (got: string): string[] => [
      `definition ${got}; AWS requires exactly one of content, s3Location ${application}`,
    ];
    suite.checkSentences(
      "aws:m2/application:Application",
      (
        [
          ["passes a single property", { s3Location }, []],
          ["passes one unknown property", { s3Location: UNKNOWN }, []],
          [
            "passes one property together with an empty text, which is not sent",
            { content: "", s3Location },
            [],
          ],
          ["refuses the absence of all properties", {}, has("has none of its fields")],
          ["refuses an empty text on its own", { content: "" }, has("has none of its fields")],
          ["refuses both properties", { content, s3Location }, has("has content and s3Location")],
          [
            "refuses both properties, even unknown ones",
            { content, s3Location: UNKNOWN },
            has("has content and s3Location"),
          ],
        ] as const
      ).map(([title, definition, says]) => ({
        title,
        props: { name: "bill", engineType: "bluage", definition },
        says,
      })),
    );
    it("passes one property together with an empty list, which is not sent", async () => {
      const inferenceConfig = { models: [], ragConfig: { knowledgeBaseConfig: {} } };
      const said = await suite.sentencesOf({
        type: "aws:bedrock/evaluationJob:EvaluationJob",
        props: { inferenceConfig },
      });
      assert.deepEqual(
        said.filter((sentence) => sentence.startsWith("inferenceConfig has")),
        [],
      );
    });
  });

  describe("on bounds", () => {
    const create = (member: string): string => page(member, "lambda", "CreateFunction", "lambda-2015-03-31");
    const props = { role: ROLES[0]! };
    suite.checkSentences("aws:lambda/function:Function", [
      {
        title: "refuses a number out of bounds, and a list that is too long",
        props: { ...props, memorySize: "-1.25", architectures: ["arm64", "x86_64"] },
        says: [
          `architectures has 2 elements; AWS requires exactly 1 ${create("Architectures")}`,
          `memorySize is -1.25; AWS allows 128 to 32768 ${create("MemorySize")}`,
        ],
      },
      ...["128", 32_768, "64MB", "x64", "6.4.1", UNKNOWN].map((memorySize) => ({
        title: `passes ${memorySize}`,
        props: { ...props, memorySize },
        says: [],
      })),
    ]);
    suite.checkSentences("aws:cloudwatch/metricAlarm:MetricAlarm", [
      {
        title: "knows one-sided bounds",
        props: { comparisonOperator: "LessThanThreshold", evaluationPeriods: -1 },
        says: [
          `evaluationPeriods is -1; AWS requires at least 1 ${page("EvaluationPeriods", "cloudwatch", "PutMetricAlarm", "monitoring-2010-08-01")}`,
        ],
      },
    ]);
    suite.checkSentences("aws:cloudwatch/logDestination:LogDestination", [
      {
        title: "describes an empty text as empty",
        props: { name: "a", roleArn: "", targetArn: "arn:aws:kinesis:eu-west-1:1:stream/a" },
        says: [
          "has 0 characters; AWS requires at least 1",
          String.raw`is an empty string; AWS allows values that match ^(?:arn:[^:]+:iam::\d{12}:role/[\w+=,.@/-]+)$`,
        ].map((got) => `roleArn ${got} ${page("roleArn", "logs", "PutDestination", "logs-2014-03-28")}`),
      },
    ]);
  });

  describe("on values that it does not know", () => {
    suite.checkSentences("aws:nothing/ofTheKind:OfTheKind", [
      { title: "finds nothing", props: { type: "HTTPS" }, says: [] },
    ]);
  });
});

describe("api-enums", () => {
  const suite = new RuleSuite("api-enums", { level: "advisory" });

  suite.checkSentences("aws:s3/bucketObjectv2:BucketObjectv2", [
    {
      title: "passes one of AWS's values",
      props: { bucket: "a", key: "b", storageClass: "STANDARD_IA" },
      says: [],
    },
    { title: "passes an unknown value", props: { bucket: "a", key: "b", storageClass: UNKNOWN }, says: [] },
    {
      title: "advises on another value, with the date of the list",
      props: { bucket: "a", key: "b", acl: "everyone" },
      says: [
        `acl is "everyone"; AWS allows private, public-read, public-read-write, authenticated-read, aws-exec-read, bucket-owner-read, bucket-owner-full-control, as of 2026-11-20 ${page("ACL", "s3", "PutObject", "s3-2006-03-01")}`,
      ],
    },
  ]);

  for (const [type, place] of [
    ["rds/proxy:Proxy", "auths*.clientPasswordAuthType"],
    ["bedrock/agentcoreApiKeyCredentialProvider:AgentcoreApiKeyCredentialProvider", "apiKeySecretSource"],
    ["ec2/instanceMetadataDefaults:InstanceMetadataDefaults", "httpTokens"],
    ["ec2/instance:Instance", "privateDnsNameOptions.hostnameType"],
    ["codebuild/project:Project", "environment.registryCredential.credentialProvider"],
    ["vpclattice/service:Service", "authType"],
    ["apigateway/restApi:RestApi", "apiKeySource"],
  ] as const) {
    it(`does not show the value of a property named like a secret: ${place}`, async () => {
      const [sentence, ...others] = await suite.sentencesOf({
        type: `aws:${type}`,
        props: at(place, "hunter2"),
      });
      assert.equal(others.length, 0);
      assert.match(sentence ?? "", /^\S+ is another string \(not shown, as it may be secret\); AWS allows /);
    });
  }

  it("lists a dozen values, and how many more there are", async () => {
    const type = "aws:appautoscaling/policy:Policy";
    const [sentence = ""] = await suite.sentencesOf({ type, props: { serviceNamespace: "ecz" } });
    assert.match(
      sentence,
      /^serviceNamespace is "ecz"; AWS allows ([a-z0-9-]+, ){11}[a-z0-9-]+ and \d+ more, as of/,
    );
  });
});
