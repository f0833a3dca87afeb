import assert from "node:assert/strict";
import { create, read } from "../../../packages/rehearse/cloud/index";
import { UNKNOWN, type Values } from "../../../packages/rehearse/values";
import { made, preview, text, up, urnOf } from "./support";

/** Ids and ARNs of new resources in eu-central-1, from AWS's service authorization reference. */
const FORMS: readonly (readonly [type: string, inputs: Values, id: RegExp, arn: RegExp | undefined])[] = [
  [
    "aws:lb/loadBalancer:LoadBalancer",
    { name: "web" },
    /^arn:/,
    /^arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer\/app\/web\/[0-9a-f]{16}$/,
  ],
  [
    "aws:lb/targetGroup:TargetGroup",
    { name: "web" },
    /^arn:/,
    /^arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup\/web\/[0-9a-f]{16}$/,
  ],
  [
    "aws:lb/listener:Listener",
    { loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:1:loadbalancer/app/web/50dc6c495c0c9188" },
    /^arn:/,
    /^arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener\/app\/web\/50dc6c495c0c9188\/[0-9a-f]{16}$/,
  ],
  [
    "aws:lb/listenerRule:ListenerRule",
    {
      listenerArn:
        "arn:aws:elasticloadbalancing:eu-central-1:1:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2",
    },
    /^arn:/,
    /:listener-rule\/app\/web\/50dc6c495c0c9188\/f2f7dc8efc522ab2\/[0-9a-f]{16}$/,
  ],
  ["aws:alb/targetGroup:TargetGroup", { name: "web" }, /^arn:/, /:targetgroup\/web\/[0-9a-f]{16}$/],
  [
    "aws:autoscaling/group:Group",
    { name: "web" },
    /^web$/,
    /^arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/web$/,
  ],
  [
    "aws:ec2/vpc:Vpc",
    {},
    /^vpc-[0-9a-f]{17}$/,
    /^arn:aws:ec2:eu-central-1:123456789012:vpc\/vpc-[0-9a-f]{17}$/,
  ],
  ["aws:ec2/subnet:Subnet", {}, /^subnet-[0-9a-f]{17}$/, /:subnet\/subnet-/],
  ["aws:ec2/securityGroup:SecurityGroup", {}, /^sg-[0-9a-f]{17}$/, /:security-group\/sg-/],
  [
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    {},
    /^sgr-[0-9a-f]{17}$/,
    /:security-group-rule\/sgr-/,
  ],
  ["aws:ec2/instance:Instance", {}, /^i-[0-9a-f]{17}$/, /:instance\/i-/],
  ["aws:ec2/launchTemplate:LaunchTemplate", {}, /^lt-[0-9a-f]{17}$/, /:launch-template\/lt-/],
  ["aws:ec2/natGateway:NatGateway", {}, /^nat-[0-9a-f]{17}$/, undefined],
  ["aws:ec2/eip:Eip", {}, /^eipalloc-[0-9a-f]{17}$/, /:elastic-ip\/eipalloc-/],
  ["aws:ec2/internetGateway:InternetGateway", {}, /^igw-[0-9a-f]{17}$/, /:internet-gateway\/igw-/],
  ["aws:ec2/routeTable:RouteTable", {}, /^rtb-[0-9a-f]{17}$/, /:route-table\/rtb-/],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", {}, /^vpce-[0-9a-f]{17}$/, /:vpc-endpoint\/vpce-/],
  [
    "aws:iam/role:Role",
    { name: "app", path: "/shop/" },
    /^app$/,
    /^arn:aws:iam::123456789012:role\/shop\/app$/,
  ],
  ["aws:iam/policy:Policy", { name: "app" }, /^arn:/, /^arn:aws:iam::123456789012:policy\/app$/],
  ["aws:iam/instanceProfile:InstanceProfile", { name: "app" }, /^app$/, /:instance-profile\/app$/],
  ["aws:s3/bucket:Bucket", { bucket: "logs" }, /^logs$/, /^arn:aws:s3:::logs$/],
  [
    "aws:acm/certificate:Certificate",
    {},
    /^arn:/,
    /^arn:aws:acm:eu-central-1:123456789012:certificate\/[0-9a-f-]{36}$/,
  ],
  ["aws:sns/topic:Topic", { name: "alerts" }, /^arn:/, /^arn:aws:sns:eu-central-1:123456789012:alerts$/],
  [
    "aws:sqs/queue:Queue",
    { name: "orders" },
    /^https:\/\/sqs\.eu-central-1\.amazonaws\.com\/123456789012\/orders$/,
    /^arn:aws:sqs:eu-central-1:123456789012:orders$/,
  ],
  [
    "aws:lambda/function:Function",
    { name: "f" },
    /^f$/,
    /^arn:aws:lambda:eu-central-1:123456789012:function:f$/,
  ],
  ["aws:dynamodb/table:Table", { name: "t" }, /^t$/, /^arn:aws:dynamodb:eu-central-1:123456789012:table\/t$/],
  ["aws:ecs/cluster:Cluster", { name: "c" }, /^arn:/, /^arn:aws:ecs:eu-central-1:123456789012:cluster\/c$/],
  ["aws:kms/key:Key", {}, /^[0-9a-f-]{36}$/, /^arn:aws:kms:eu-central-1:123456789012:key\/[0-9a-f-]{36}$/],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    { name: "/app" },
    /^\/app$/,
    /^arn:aws:logs:eu-central-1:123456789012:log-group:\/app$/,
  ],
  [
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    { name: "a" },
    /^a$/,
    /^arn:aws:cloudwatch:eu-central-1:123456789012:alarm:a$/,
  ],
  [
    "aws:secretsmanager/secret:Secret",
    { name: "s" },
    /^arn:/,
    /^arn:aws:secretsmanager:eu-central-1:123456789012:secret:s-\w{6}$/,
  ],
  [
    "aws:ssm/parameter:Parameter",
    { name: "/a/b" },
    /^\/a\/b$/,
    /^arn:aws:ssm:eu-central-1:123456789012:parameter\/a\/b$/,
  ],
  [
    "aws:route53/zone:Zone",
    { name: "example.com" },
    /^Z[A-Z0-9]{20}$/,
    /^arn:aws:route53:::hostedzone\/Z[A-Z0-9]{20}$/,
  ],
  [
    "aws:cloudfront/distribution:Distribution",
    {},
    /^E[A-Z0-9]{13}$/,
    /^arn:aws:cloudfront::123456789012:distribution\/E[A-Z0-9]{13}$/,
  ],
  [
    "aws:wafv2/webAcl:WebAcl",
    { name: "w", scope: "REGIONAL" },
    /^[0-9a-f-]{36}$/,
    /^arn:aws:wafv2:eu-central-1:123456789012:regional\/webacl\/w\/[0-9a-f-]{36}$/,
  ],
  [
    "aws:rds/instance:Instance",
    { identifier: "db" },
    /^db-[A-Z0-9]{26}$/,
    /^arn:aws:rds:eu-central-1:123456789012:db:db$/,
  ],
  [
    "aws:efs/fileSystem:FileSystem",
    {},
    /^fs-[0-9a-f]{17}$/,
    /^arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system\/fs-/,
  ],
  // The API requires ids of one length.
  [
    "aws:vpclattice/service:Service",
    { name: "web" },
    /^svc-[0-9a-f]{17}$/,
    /^arn:aws:vpc-lattice:eu-central-1:123456789012:service\/svc-/,
  ],
  // Types whose file in the SDK has another name.
  [
    "aws:guardduty/iPSet:IPSet",
    { name: "s" },
    /^s$/,
    /^arn:aws:guardduty:eu-central-1:123456789012:ipset\/s$/,
  ],
  ["aws:kendra/index:Index", { name: "i" }, /^i$/, /^arn:aws:kendra:eu-central-1:123456789012:index\/i$/],
  // A type without a model uses the fallback.
  ["aws:glue/job:Job", { name: "j" }, /^j$/, /^arn:aws:glue:eu-central-1:123456789012:job\/j$/],
];

describe("the simulated cloud's resources", () => {
  for (const [type, inputs, id, arn] of FORMS) {
    it(`give ${type} an ID and an ARN as AWS does`, () => {
      const created = made(type, "web", inputs);
      assert.match(created.id, id);
      assert.equal(created.outputs["id"], created.id);
      if (arn !== undefined) assert.match(text(created.outputs["arn"]), arn);
    });
  }

  it("leave unknown in preview exactly what a provider computes", () => {
    const { id, outputs } = made(
      "aws:lb/loadBalancer:LoadBalancer",
      "web",
      { name: "web", internal: true },
      preview,
    );
    assert.equal(id, UNKNOWN);
    assert.equal(outputs["name"], "web");
    assert.equal(outputs["internal"], true);
    for (const property of [
      "id",
      "arn",
      "arnSuffix",
      "dnsName",
      "zoneId",
      "vpcId",
      "ipAddressType",
      "subnets",
    ]) {
      assert.equal(outputs[property], UNKNOWN, property);
    }
    // An optional output whose argument isn't given is absent.
    assert.equal("idleTimeout" in outputs, false);
    const certificate = made("aws:acm/certificate:Certificate", "c", { domainName: "example.com" }, preview);
    assert.equal(certificate.outputs["domainValidationOptions"], UNKNOWN);
  });

  it("leave unknown in preview what a provider computes within blocks", () => {
    const subnetIds = ["subnet-0123456789abcdef0"];
    const cluster = made("aws:eks/cluster:Cluster", "shop", { vpcConfig: { subnetIds } }, preview).outputs;
    assert.deepEqual(cluster["vpcConfig"], {
      subnetIds,
      clusterSecurityGroupId: UNKNOWN,
      controlPlaneEgressMode: UNKNOWN,
      publicAccessCidrs: UNKNOWN,
      vpcId: UNKNOWN,
    });
    // A redirect must have a statusCode: its absence is the program's fault.
    const action = { type: "redirect", redirect: { port: "443" } };
    const listener = made("aws:lb/listener:Listener", "http", { defaultActions: [action] }, preview).outputs;
    assert.deepEqual(listener["defaultActions"], [{ ...action, order: UNKNOWN }]);
    const unknown = made("aws:eks/cluster:Cluster", "shop", { vpcConfig: UNKNOWN }, preview).outputs;
    assert.equal(unknown["vpcConfig"], UNKNOWN);
    const template = made("aws:ec2/launchTemplate:LaunchTemplate", "web", {}, preview).outputs;
    assert.equal("blockDeviceMappings" in template, false);
  });

  it("name the Auto Scaling group that EKS creates for a node group", () => {
    const { id, outputs } = made("aws:eks/nodeGroup:NodeGroup", "n", {
      clusterName: "c",
      nodeGroupName: "n-1",
    });
    assert.equal(id, "c:n-1");
    assert.match(
      JSON.stringify(outputs["resources"]),
      /"autoscalingGroups":\[\{"name":"eks-n-1-[0-9a-f-]{36}"\}\]/,
    );
  });

  it("generate the IDs within blocks in up, and leave empty what is not set", () => {
    const cluster = made("aws:eks/cluster:Cluster", "shop", { vpcConfig: { endpointPublicAccess: false } });
    const vpcConfig = cluster.outputs["vpcConfig"] as Values;
    assert.match(text(vpcConfig["clusterSecurityGroupId"]), /^sg-[0-9a-f]{17}$/);
    assert.equal(vpcConfig["endpointPublicAccess"], false);
    assert.deepEqual(vpcConfig["publicAccessCidrs"], []);
    const mappings = [{ deviceName: "/dev/xvdb" }, { deviceName: "/dev/xvdc", volumeSize: 9 }];
    const { outputs } = made("aws:ec2/instance:Instance", "jump", { ebsBlockDevices: mappings });
    const [first, second] = outputs["ebsBlockDevices"] as [Values, Values];
    assert.match(text(first["volumeId"]), /^vol-[0-9a-f]{17}$/);
    assert.notEqual(first["volumeId"], second["volumeId"]);
    assert.deepEqual([first["volumeSize"], second["volumeSize"]], [0, 9]);
    assert.equal(first["volumeType"], "");
  });

  for (const [type, form] of [
    ["aws:ec2/vpcEndpointService:VpcEndpointService", /^vpce-svc-[0-9a-f]{17}$/],
    ["aws:fsx/lustreFileSystem:LustreFileSystem", /^fs-[0-9a-f]{17}$/],
    ["aws:ssm/patchBaseline:PatchBaseline", /^pb-[0-9a-f]{17}$/],
    ["aws:transfer/server:Server", /^s-[0-9a-f]{17}$/],
    ["aws:workmail/organization:Organization", /^m-[0-9a-f]{32}$/],
  ] as const)
    it(`generate an ID of ${type} in the form that AWS requires elsewhere`, () =>
      assert.match(made(type, "store", { name: "store" }).id, form));

  it("generate names of endpoint services and IDs of hosted zones in AWS's form", () => {
    const { outputs } = made("aws:ec2/vpcEndpointService:VpcEndpointService", "store", {});
    assert.match(text(outputs["serviceName"]), /^com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]{17}$/);
    const domain = made("aws:cognito/userPoolDomain:UserPoolDomain", "store", { domain: "store" });
    assert.match(text(domain.outputs["cloudfrontDistributionZoneId"]), /^Z[0-9A-F]{13}$/);
  });

  it("keep unknown inputs unknown", () => {
    const { outputs } = made(
      "aws:lb/listener:Listener",
      "https",
      { loadBalancerArn: UNKNOWN, port: 443 },
      preview,
    );
    assert.equal(outputs["loadBalancerArn"], UNKNOWN);
    assert.equal(outputs["port"], 443);
  });

  it("distinguish load balancers' host names, zones and metric labels by type", () => {
    const type = "aws:lb/loadBalancer:LoadBalancer";
    const web = made(type, "web", { name: "web" }).outputs;
    assert.match(text(web["dnsName"]), /^web-\d{10}\.eu-central-1\.elb\.amazonaws\.com$/);
    assert.equal(web["zoneId"], "Z215JYRZR1TBD5");
    assert.match(text(web["arnSuffix"]), /^app\/web\/[0-9a-f]{16}$/);
    const inside = made(type, "web", { name: "web", internal: true }).outputs;
    assert.match(text(inside["dnsName"]), /^internal-web-\d{10}\./);
    const net = made(type, "net", { name: "net", loadBalancerType: "network" }).outputs;
    assert.match(text(net["dnsName"]), /^net-[0-9a-f]{16}\.elb\.eu-central-1\.amazonaws\.com$/);
    assert.equal(net["zoneId"], "Z3F0SRJ5LGBH90");
    const group = made("aws:lb/targetGroup:TargetGroup", "web", {
      name: "web",
      healthCheck: { path: "/up" },
    }).outputs;
    assert.match(text(group["arnSuffix"]), /^targetgroup\/web\/[0-9a-f]{16}$/);
    assert.equal((group["healthCheck"] as Values)["path"], "/up");
    assert.equal((group["healthCheck"] as Values)["interval"], 30);
  });

  it("use AWS's old default TLS policy only on secure listeners", () => {
    const policy = (inputs: Values): unknown =>
      made("aws:lb/listener:Listener", "l", inputs).outputs["sslPolicy"];
    assert.equal(policy({ protocol: "HTTPS" }), "ELBSecurityPolicy-2016-08");
    assert.equal(policy({ protocol: "HTTP" }), "");
    assert.equal(policy({ protocol: "HTTPS", sslPolicy: "mine" }), "mine");
  });

  it("validate an apex and its wildcard by one record", () => {
    const { outputs } = made("aws:acm/certificate:Certificate", "c", {
      domainName: "example.com",
      subjectAlternativeNames: ["*.example.com", "example.com", "www.example.com"],
      validationMethod: "DNS",
    });
    const options = outputs["domainValidationOptions"] as Values[];
    assert.deepEqual(
      options.map(({ domainName }) => domainName),
      ["example.com", "*.example.com", "www.example.com"],
    );
    const [apex, wildcard, www] = options.map(({ domainName: _, ...record }) => record);
    assert.deepEqual(apex, wildcard);
    assert.notDeepEqual(apex, www);
    assert.match(text(apex?.["resourceRecordName"]), /^_[0-9a-f]{32}\.example\.com\.$/);
    assert.match(
      text(apex?.["resourceRecordValue"]),
      /^_[0-9a-f]{32}\.[a-z0-9]{10}\.acm-validations\.aws\.$/,
    );
    assert.equal(apex?.["resourceRecordType"], "CNAME");
    assert.deepEqual(outputs["subjectAlternativeNames"], ["example.com", "*.example.com", "www.example.com"]);
    const arn = outputs["arn"] ?? "";
    const validation = made("aws:acm/certificateValidation:CertificateValidation", "v", {
      certificateArn: arn,
    });
    assert.equal(validation.outputs["certificateArn"], arn);
  });

  it("return the values that programs compute with", () => {
    const bucket = made("aws:s3/bucket:Bucket", "logs", { bucket: "logs" }).outputs;
    assert.equal(bucket["bucketDomainName"], "logs.s3.amazonaws.com");
    assert.equal(bucket["bucketRegionalDomainName"], "logs.s3.eu-central-1.amazonaws.com");
    // A bucket without a website must not have a website output.
    assert.equal("website" in bucket, false);
    const distribution = made("aws:cloudfront/distribution:Distribution", "cdn").outputs;
    assert.equal(distribution["hostedZoneId"], "Z2FDTNDATAQYW2");
    assert.match(text(distribution["domainName"]), /^d[a-z0-9]{13}\.cloudfront\.net$/);
    const zone = made("aws:route53/zone:Zone", "z", { name: "example.com" }).outputs;
    assert.equal((zone["nameServers"] as string[]).length, 4);
    assert.equal(
      made("aws:route53/record:Record", "www", { name: "www.example.com" }).outputs["fqdn"],
      "www.example.com",
    );
    const template = made("aws:ec2/launchTemplate:LaunchTemplate", "web").outputs;
    assert.deepEqual([template["latestVersion"], template["defaultVersion"]], [1, 1]);
    const group = made("aws:autoscaling/group:Group", "web", { minSize: 2, maxSize: 4 }).outputs;
    assert.deepEqual([group["desiredCapacity"], group["healthCheckType"]], [2, "EC2"]);
    assert.equal("mixedInstancesPolicy" in group, false);
    const { cacheNodes } = made("aws:elasticache/cluster:Cluster", "c", {
      clusterId: "c",
      engine: "redis",
    }).outputs;
    assert.match(JSON.stringify(cacheNodes), /^\[\{"id":"0001","address":"c\.0001\.[^"]+","port":6379,/);
    const serverless = made("aws:elasticache/serverlessCache:ServerlessCache", "c", {
      engine: "redis",
      name: "c",
    });
    assert.match(
      JSON.stringify(serverless.outputs["endpoints"]),
      /^\[\{"address":"c-[^"]+","port":6379\}\]$/,
    );
    const memory = made("aws:memorydb/cluster:Cluster", "m", {
      aclName: "a",
      nodeType: "db.t4g.small",
    }).outputs;
    assert.match(
      JSON.stringify(memory["clusterEndpoints"]),
      /^\[\{"address":"clustercfg\.m-[^"]+","port":6379\}\]$/,
    );
    const broker = {
      engineVersion: "3",
      hostInstanceType: "mq.m7g.large",
      users: [{ username: "u", password: "p".repeat(12) }],
    };
    for (const [engineType, deploymentMode, endpoints] of [
      [
        "RabbitMQ",
        "CLUSTER_MULTI_AZ",
        [/^amqps:\/\/b-[0-9a-f-]{36}\.mq\.eu-central-1\.amazonaws\.com:5671$/],
      ],
      [
        "ActiveMQ",
        "ACTIVE_STANDBY_MULTI_AZ",
        [/^ssl:\/\/b-[^/]+-1\.mq\..*:61617$/, /^ssl:\/\/b-[^/]+-2\.mq\..*:61617$/],
      ],
    ] as const) {
      const { instances } = made("aws:mq/broker:Broker", "b", {
        ...broker,
        engineType,
        deploymentMode,
      }).outputs;
      const first = (instances as { endpoints: string[] }[]).map((one) => one.endpoints[0] ?? "");
      assert.equal(first.length, endpoints.length);
      endpoints.forEach((form, nth) => assert.match(text(first[nth]), form));
    }
    assert.equal(made("aws:ec2/instance:Instance", "i").outputs["availabilityZone"], "eu-central-1a");
    const vpc = made("aws:ec2/vpc:Vpc", "vpc", { tags: { Name: "shop" } }).outputs;
    assert.match(text(vpc["defaultSecurityGroupId"]), /^sg-/);
    assert.equal(vpc["mainRouteTableId"], vpc["defaultRouteTableId"]);
    assert.deepEqual(vpc["tagsAll"], { Name: "shop" });
    const dual = made("aws:ec2/vpc:Vpc", "vpc", { assignGeneratedIpv6CidrBlock: true }).outputs;
    assert.match(text(dual["ipv6CidrBlock"]), /^2001:db8:[1-9a-f][0-9a-f]{0,3}:[1-9a-f][0-9a-f]?00::\/56$/);
    assert.match(text(dual["ipv6AssociationId"]), /^vpc-cidr-assoc-[0-9a-f]{17}$/);
    assert.deepEqual([vpc["ipv6CidrBlock"], vpc["ipv6AssociationId"]], ["", ""]);
    const eip = made("aws:ec2/eip:Eip", "nat");
    assert.equal(eip.outputs["allocationId"], eip.id);
    assert.match(text(eip.outputs["publicIp"]), /^203\.0\.113\.\d+$/);
  });

  it("use a resource's own Region", () => {
    const { outputs } = made("aws:acm/certificate:Certificate", "edge", {
      region: "us-east-1",
      domainName: "a.example",
    });
    assert.match(text(outputs["arn"]), /^arn:aws:acm:us-east-1:/);
    const china = { ...up, region: "cn-north-1", partition: "aws-cn" };
    const balancer = made("aws:lb/loadBalancer:LoadBalancer", "web", {}, china).outputs;
    assert.match(text(balancer["arn"]), /^arn:aws-cn:elasticloadbalancing:cn-north-1:/);
    assert.match(text(balancer["dnsName"]), /\.cn-north-1\.elb\.amazonaws\.com\.cn$/);
  });

  it("are the same for the same URN, and differ for another", () => {
    for (const [type, inputs] of FORMS) {
      assert.deepEqual(made(type, "web", inputs), made(type, "web", inputs), type);
    }
    assert.notEqual(made("aws:ec2/vpc:Vpc", "a").id, made("aws:ec2/vpc:Vpc", "b").id);
  });

  it("of other packages follow their SDK's declarations, and of unknown ones their inputs", () => {
    const random = create("random:index/randomId:RandomId", "r", "urn:r", { byteLength: 4 }, up);
    assert.match(random.id, /^[\w-]{6}$/);
    const unknown = create("nothing:index/thing:Thing", "t", "urn:t", { size: 1 }, up);
    assert.match(unknown.id, /^thing-[0-9a-f]{17}$/);
    assert.deepEqual(unknown.outputs, { size: 1, id: unknown.id });
    assert.deepEqual(create("nothing:index/thing:Thing", "t", "urn:t", { size: 1 }, preview), {
      id: UNKNOWN,
      outputs: { size: 1, id: UNKNOWN },
    });
  });

  describe("that are read", () => {
    const get = (type: string, id: string, state: Values = {}, context = up): Values =>
      read(type, "existing", urnOf(type, "existing"), id, state, context).outputs;

    it("are known in both modes, and the same", () => {
      const id = "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/net/web/50dc6c495c0c9188";
      for (const context of [up, preview]) {
        const outputs = get("aws:lb/loadBalancer:LoadBalancer", id, {}, context);
        assert.equal(outputs["arn"], id);
        assert.equal(outputs["name"], "web");
        assert.equal(outputs["loadBalancerType"], "network");
        assert.equal(outputs["region"], "us-west-2");
        assert.equal(outputs["dnsName"], "web-50dc6c495c0c9188.elb.us-west-2.amazonaws.com");
      }
    });

    it("derive their names and ARNs from the ID", () => {
      assert.equal(get("aws:s3/bucket:Bucket", "logs")["bucket"], "logs");
      assert.equal(get("aws:s3/bucket:Bucket", "logs")["arn"], "arn:aws:s3:::logs");
      assert.equal(get("aws:iam/role:Role", "app")["arn"], "arn:aws:iam::123456789012:role/app");
      assert.equal(get("aws:ec2/vpc:Vpc", "vpc-1")["arn"], "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-1");
      assert.equal(
        get("aws:acm/certificate:Certificate", "arn:aws:acm:us-east-1:1:certificate/x")["status"],
        "ISSUED",
      );
    });

    it("prefer the given state", () => {
      const outputs = get("aws:ec2/vpc:Vpc", "vpc-1", {
        cidrBlock: "10.9.0.0/16",
        mainRouteTableId: "rtb-1",
      });
      assert.deepEqual([outputs["cidrBlock"], outputs["mainRouteTableId"]], ["10.9.0.0/16", "rtb-1"]);
    });

    it("stay unknown as long as their ID is", () => {
      assert.equal(get("aws:ec2/vpc:Vpc", UNKNOWN, {}, preview)["arn"], UNKNOWN);
    });
  });
});
