import { LOAD_BALANCER } from "../../../../policies/resources";
import assert from "node:assert/strict";
import { defaultSecurityGroupStack } from "../../../../policies/rules/exposure/default-security-group";
import { Stack } from "../../../../policies/stack";
import { waf } from "../../../../policies/rules/exposure/waf";
import { packForSuite, secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite, blamed, configuredStack, messagesOf, type Props } from "../../../support/rule-suite";

const VPC: TestResource = { type: "aws:ec2/vpc:Vpc", name: "network", props: { id: UNKNOWN } };
const BALANCER: TestResource = { type: LOAD_BALANCER[0], name: "front", props: { arn: UNKNOWN } };

const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** A resource that refers to another by one property. */
const referring = (type: string, property: string, to: TestResource, props: Props = {}): TestResource => ({
  type,
  name: "other",
  props: { [property]: UNKNOWN, ...props },
  propertyDependencies: { [property]: [urnOf(to)] },
});

describe("default-vpc", () => {
  const pack = packForSuite({ directory: "policies" });
  for (const type of [
    "aws:ec2/defaultVpc:DefaultVpc",
    "aws:ec2/defaultSubnet:DefaultSubnet",
    "awsx:ec2:DefaultVpc",
  ]) {
    for (const props of [{}, { tags: UNKNOWN }, { tags: null }]) {
      it(`refuses ${type} with ${JSON.stringify(props)}`, async () => {
        const [message] = await messagesOf(pack(), "default-vpc", { type, props });
        assert.match(message ?? "", /adopts a part of the default VPC/);
      });
    }
  }
  const places: readonly (readonly [type: string, by: string])[] = [
    ["aws:ec2/instance:Instance", "subnetId"],
    ["aws:ec2/spotInstanceRequest:SpotInstanceRequest", "subnetId"],
    ["aws:ec2/securityGroup:SecurityGroup", "vpcId"],
    ["aws:autoscaling/group:Group", "vpcZoneIdentifiers"],
    ["aws:elb/loadBalancer:LoadBalancer", "subnets"],
  ];
  for (const [type, by] of places) {
    const own = by === "vpcId" ? "a VPC" : "subnets of a VPC";
    const says = [
      `${by} is not set, which means the account's default VPC; it must name ${own} of your own.`,
    ];
    new RuleSuite("default-vpc", { pack }).check(type, [
      { title: `refuses ${type} without ${by}`, props: { availabilityZones: ["eu-west-1a"] }, says },
      { title: `refuses ${type} with null`, props: { [by]: null }, says },
      { title: `refuses ${type} with an empty value`, props: { [by]: by.endsWith("s") ? [] : "" }, says },
      { title: `passes ${type} with unknown ${by}`, props: { [by]: UNKNOWN }, says: [] },
      { title: `passes ${type} with secret ${by}`, props: { [by]: secret("subnet-1") }, says: [] },
      {
        title: `passes ${type} with a value of another type, which AWS refuses`,
        props: { [by]: { id: 1 } },
        says: [],
      },
    ]);
  }
  new RuleSuite("default-vpc", { pack }).check(
    "aws:ec2/instance:Instance",
    ["networkInterfaces", "primaryNetworkInterface", "launchTemplate"].map((property) => ({
      title: `passes an instance that may be placed by its ${property}`,
      props: { [property]: UNKNOWN },
      says: [],
    })),
  );
  it("passes the program's own VPC and subnet", async () => {
    for (const type of ["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "awsx:ec2:Vpc"]) {
      assert.deepEqual(await messagesOf(pack(), "default-vpc", { type, props: {} }), []);
    }
  });
});

describe("default-security-group", () => {
  const pack = packForSuite({ directory: "policies" });
  new RuleSuite("default-security-group", { pack }).check(
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    [
      { title: "passes an empty group", props: { vpcId: UNKNOWN }, says: [] },
      { title: "passes empty lists and null", props: { ingress: [], egress: null }, says: [] },
      {
        title: "refuses the group's initial rule",
        props: { ingress: [{ protocol: "-1", self: true, fromPort: 0, toPort: 0 }] },
        says: ["ingress holds rules (1); it must be left out or empty."],
      },
      {
        title: "refuses both directions, each separately",
        props: { ingress: UNKNOWN, egress: [UNKNOWN] },
        says: [
          "ingress is not known before deployment; it must be left out or empty.",
          "egress holds rules (1); it must be left out or empty.",
        ],
      },
      {
        title: "refuses secret rules",
        props: { egress: secret([{ protocol: "-1" }]) },
        says: ["egress holds rules (1); it must be left out or empty."],
      },
      {
        title: "refuses a value that is not a list",
        props: { ingress: {} },
        says: ["ingress is an object; it must be left out or empty."],
      },
    ],
  );
});

describe("default-security-group-stack", () => {
  const emptied = referring("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpcId", VPC);
  const judge = (given: object, ...resources: TestResource[]) =>
    configuredStack(defaultSecurityGroupStack, given, resources);

  const rule = (to: readonly TestResource[], props: Props = {}, type = INGRESS_RULE): TestResource => ({
    type,
    name: "rule",
    props: { securityGroupId: UNKNOWN, ...props },
    propertyDependencies: { securityGroupId: to.map(urnOf) },
  });
  const group: TestResource = {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "group",
    props: { id: UNKNOWN },
  };

  it("refuses rules in a default group, found by the VPC or by the resource that adopts it", () => {
    for (const type of [INGRESS_RULE, "aws:ec2/securityGroupRule:SecurityGroupRule"]) {
      for (const to of [VPC, emptied]) {
        assert.deepEqual(Object.keys(judge({}, VPC, emptied, rule([to], {}, type))), ["rule"]);
      }
    }
  });
  it("refuses rules found by the group's ID, as in up", () => {
    const known = { ...VPC, props: { id: "vpc-1", defaultSecurityGroupId: "sg-1" } };
    assert.deepEqual(Object.keys(judge({}, known, rule([], { securityGroupId: "sg-1" }))), ["rule"]);
    assert.deepEqual(judge({}, known, rule([], { securityGroupId: "sg-2" })), {});
  });
  it("passes rules in the program's own group, and in one of a component with a VPC", () => {
    assert.deepEqual(judge({}, VPC, group, rule([group])), {});
    assert.deepEqual(judge({}, VPC, group, rule([VPC, group])), {});
  });
  it("tolerates unexpected shapes", () => {
    for (const securityGroupId of [null, 7, ["sg-1"]]) {
      assert.deepEqual(judge({}, VPC, rule([], { securityGroupId })), {});
    }
  });
  it("requires nothing else by default", () => assert.deepEqual(judge({}, VPC), {}));
  it("passes a VPC whose default group is adopted", () =>
    assert.deepEqual(judge({ required: true }, VPC, emptied), {}));
  it("refuses a VPC whose default group is not adopted", () => {
    assert.deepEqual(Object.keys(judge({ required: true }, VPC, { ...VPC, name: "b" }, emptied)), ["b"]);
  });
});

describe("flow-logs", () => {
  const pack = packForSuite({ directory: "policies" });
  const judge = (...resources: TestResource[]) => blamed(pack(), "flow-logs", resources);
  const log = (trafficType: unknown): TestResource =>
    referring("aws:ec2/flowLog:FlowLog", "vpcId", VPC, { trafficType });

  for (const trafficType of ["ALL", "REJECT", "all", secret("ALL")]) {
    it(`passes a VPC that logs ${JSON.stringify(trafficType)}`, async () =>
      assert.deepEqual(await judge(VPC, log(trafficType)), {}));
  }
  for (const trafficType of ["ACCEPT", UNKNOWN, null, ["ALL"]]) {
    it(`refuses a VPC that logs ${JSON.stringify(trafficType)}`, async () =>
      assert.deepEqual(Object.keys(await judge(VPC, log(trafficType))), ["network"]));
  }
  it("refuses a VPC without a log, and not its sibling with one", async () => {
    assert.deepEqual(Object.keys(await judge(VPC, { ...VPC, name: "b" }, log("ALL"))), ["b"]);
  });
  it("refuses a VPC whose log covers a subnet only", async () => {
    const subnet = referring("aws:ec2/flowLog:FlowLog", "subnetId", VPC, { trafficType: "ALL" });
    assert.deepEqual(Object.keys(await judge(VPC, subnet)), ["network"]);
  });
  it("follows known IDs in up", async () => {
    const known = { ...VPC, props: { id: "vpc-1" } };
    const of = { ...log("ALL"), props: { vpcId: "vpc-1", trafficType: "ALL" }, propertyDependencies: {} };
    assert.deepEqual(await judge(known, of), {});
  });
  it("passes a VPC in a component that the log refers to", async () => {
    const component: TestResource = { type: "awsx:ec2:Vpc", name: "component", props: {} };
    const log = referring("aws:ec2/flowLog:FlowLog", "vpcId", component, { trafficType: "ALL" });
    assert.deepEqual(await judge(component, { ...VPC, parent: urnOf(component) }, log), {});
  });
});

describe("alb-hardening", () => {
  const pack = packForSuite({ directory: "policies" });
  const drop = { dropInvalidHeaderFields: true };
  for (const type of LOAD_BALANCER) {
    describe(`on ${type}`, () => {
      new RuleSuite("alb-hardening", { pack }).check(type, [
        {
          title: "passes one that drops invalid headers, with AWS's default desync mitigation",
          props: drop,
          says: [],
        },
        {
          title: "passes AWS's default desync mitigation, set explicitly",
          props: { dropInvalidHeaderFields: true, desyncMitigationMode: "defensive" },
          says: [],
        },
        {
          title: "passes the strictest desync mitigation",
          props: {
            dropInvalidHeaderFields: "true",
            desyncMitigationMode: secret("strictest"),
            internal: true,
          },
          says: [],
        },
        { title: "passes Network Load Balancers", props: { loadBalancerType: "network" }, says: [] },
        { title: "passes Gateway Load Balancers", props: { loadBalancerType: "gateway" }, says: [] },
        {
          title: "refuses one that forwards invalid headers",
          props: {},
          says: ["dropInvalidHeaderFields is not set, which means false; it must be true."],
        },
        {
          title: "refuses false, and monitoring only, at once",
          props: {
            loadBalancerType: "application",
            dropInvalidHeaderFields: false,
            desyncMitigationMode: "monitor",
          },
          says: [/is false[^]*is "monitor"/],
        },
        {
          title: "refuses unknown values",
          props: { dropInvalidHeaderFields: UNKNOWN, desyncMitigationMode: UNKNOWN },
          says: [/Fields is not known[^]*Mode is not known/],
        },
        {
          title: "refuses a load balancer of unknown type",
          props: { loadBalancerType: UNKNOWN },
          says: ["dropInvalidHeaderFields is not set, which means false; it must be true."],
        },
        {
          title: "refuses values of other types",
          props: { dropInvalidHeaderFields: null, desyncMitigationMode: ["strictest"] },
          says: [/is not set[^]*is a list/],
        },
      ]);
    });
  }
  new RuleSuite("alb-hardening", { pack }).check("aws:elb/loadBalancer:LoadBalancer", [
    { title: "passes a Classic Load Balancer with its defaults", props: {}, says: [] },
    {
      title: "refuses a Classic Load Balancer with monitoring only",
      props: { desyncMitigationMode: "monitor" },
      says: ['desyncMitigationMode is "monitor"; it must be left out, "defensive" or "strictest".'],
    },
  ]);
});

describe("client-addresses", () => {
  const pack = packForSuite({ directory: "policies" });
  const rule = (statement: object) => ({ rules: [{ name: "office", statement }] });
  const set = (config?: unknown) => ({
    ipSetReferenceStatement: { arn: "arn", ...(config !== undefined && { ipSetForwardedIpConfig: config }) },
  });
  const rate = (fields: object) => ({ rateBasedStatement: { limit: 100, ...fields } });
  const acl = "aws:wafv2/webAcl:WebAcl";
  new RuleSuite("client-addresses", { pack }).check(acl, [
    {
      title: "passes the connection's address",
      props: rule({ notStatement: { statement: set() } }),
      says: [],
    },
    {
      title: "passes the last address in a header",
      props: rule(set({ headerName: "X-Forwarded-For", position: "LAST", fallbackBehavior: "MATCH" })),
      says: [],
    },
    {
      title: "passes a limit by the connection's address, and rules of a group",
      props: {
        rules: [
          { statement: rate({ aggregateKeyType: "IP", scopeDownStatement: set() }) },
          { statement: { managedRuleGroupStatement: { name: "AWSManagedRulesCommonRuleSet" } } },
        ],
      },
      says: [],
    },
    {
      title: "advises against the first and any address, at any depth, once for each rule",
      props: {
        rules: [
          {
            statement: {
              notStatement: { statement: { orStatement: { statements: [set({ position: "FIRST" })] } } },
            },
          },
          { statement: rate({ aggregateKeyType: "IP", scopeDownStatement: set({ position: "ANY" }) }) },
        ],
      },
      says: [
        /rules\[0\]\.statement\.notStatement\.statement\.orStatement\.statements\[0\]\.ipSetReferenceStatement\.ipSetForwardedIpConfig\.position is "FIRST"; it must be "LAST"[^]*position is "ANY"/,
      ],
    },
    {
      title: "advises against an unknown or absent position",
      props: rule({ orStatement: { statements: [set({ position: UNKNOWN }), set(UNKNOWN), set({})] } }),
      says: [/is not known before deployment[^]*is not known before deployment[^]*is not set/],
    },
    {
      title: "advises against limits, countries and networks by a header",
      props: {
        rules: [
          { statement: rate({ aggregateKeyType: "FORWARDED_IP" }) },
          { statement: rate({ aggregateKeyType: "CUSTOM_KEYS", customKeys: [{ forwardedIp: {} }] }) },
          {
            statement: {
              geoMatchStatement: { countryCodes: ["DE"], forwardedIpConfig: { headerName: "X" } },
            },
          },
        ],
      },
      says: [
        /rules\[0\]\S+ is "FORWARDED_IP"[^]*customKeys\[0\]\.forwardedIp uses the first[^]*geoMatchStatement\.forwardedIpConfig uses/,
      ],
    },
    {
      title: "reads rules in JSON",
      props: {
        ruleJson: JSON.stringify([
          { Statement: { IPSetReferenceStatement: { IPSetForwardedIPConfig: { Position: "LAST" } } } },
          { Statement: { IPSetReferenceStatement: { IPSetForwardedIPConfig: { Position: "FIRST" } } } },
        ]),
      },
      says: [/\nruleJson\[1\]\S+ is "FIRST"; it must be "LAST"\./],
    },
    {
      title: "passes null values",
      props: rule({ geoMatchStatement: { countryCodes: ["DE"], forwardedIpConfig: null } }),
      says: [],
    },
    {
      title: "passes texts that are not JSON, and unknown values",
      props: { ruleJson: "[", rules: UNKNOWN },
      says: [],
    },
  ]);
  new RuleSuite("client-addresses", { pack }).check("aws:wafv2/ruleGroup:RuleGroup", [
    { title: "reads rule groups", props: rule(set({ position: "ANY" })), says: [/is "ANY"/] },
    {
      title: "reads their JSON",
      props: { rulesJson: '[{"ForwardedIPConfig":{}}]' },
      says: [/\nrulesJson\[0\]/],
    },
  ]);
  new RuleSuite("client-addresses", { pack }).check("aws:wafv2/webAclRule:WebAclRule", [
    {
      title: "reads a rule beside its web ACL",
      props: { statement: set({ position: "ANY" }) },
      says: [/^statement\.ipSetReferenceStatement\.ipSetForwardedIpConfig\.position is "ANY"/m],
    },
  ]);
});

describe("waf", () => {
  const association = referring("aws:wafv2/webAclAssociation:WebAclAssociation", "resourceArn", BALANCER);
  const judge = (given: object, ...resources: TestResource[]) => configuredStack(waf, given, resources);
  const required = { required: true };
  const other = (props: Props): TestResource => ({ ...BALANCER, name: "other", props });

  it("requires nothing by default", () => assert.deepEqual(judge({}, BALANCER), {}));
  it("passes a public balancer with a web ACL", () =>
    assert.deepEqual(judge(required, BALANCER, association), {}));
  it("passes an internal balancer and a Network Load Balancer", () => {
    assert.deepEqual(
      judge(required, other({ internal: true }), { ...other({ loadBalancerType: "network" }), name: "b" }),
      {},
    );
  });
  const acl = (props: Props): TestResource => ({
    type: "aws:wafv2/webAcl:WebAcl",
    name: "acl",
    props: { arn: UNKNOWN, defaultAction: { allow: {} }, ...props },
    propertyDependencies: {},
  });
  const guarding = (of: TestResource): TestResource => ({
    ...association,
    props: { ...association.props, webAclArn: UNKNOWN },
    propertyDependencies: { resourceArn: [urnOf(BALANCER)], webAclArn: [urnOf(of)] },
  });
  it("refuses a web ACL without rules, even if an output is unknown", () => {
    for (const props of [
      {},
      { rules: [] },
      { rules: null },
      { ruleJson: "[]" },
      { rules: UNKNOWN, ruleJson: UNKNOWN },
    ]) {
      const found = judge(required, BALANCER, acl(props), guarding(acl(props)));
      assert.match(found["other"] ?? "", /web ACL "acl" has no rules/);
    }
  });
  it("passes a web ACL with rules, its own or added, and one that blocks by default", () => {
    for (const props of [
      { rules: [{}] },
      { rules: [UNKNOWN] },
      { rules: [{ action: { allow: {} } }, { action: { captcha: {} } }] },
      { rules: [{ action: { count: {} } }, { overrideAction: { none: {} } }] },
      { rules: [{ action: { allow: {} } }], defaultAction: { block: {} } },
      { ruleJson: '[{ "Action": { "Block": {} } }]' },
      { ruleJson: "not JSON" },
      { defaultAction: { block: {} } },
    ]) {
      assert.deepEqual(judge(required, BALANCER, acl(props), guarding(acl(props))), {});
    }
    const named = acl({ rules: UNKNOWN });
    const from = { ...named, propertyDependencies: { rules: [urnOf(VPC)] } };
    assert.deepEqual(judge(required, VPC, BALANCER, from, guarding(named)), {});
    const added = referring("aws:wafv2/webAclRule:WebAclRule", "webAclArn", acl({}));
    assert.deepEqual(judge(required, BALANCER, acl({}), guarding(acl({})), { ...added, name: "added" }), {});
  });
  it("refuses a web ACL whose rules only allow requests, and advises against one that only counts them", () => {
    const counted = /^Its web ACL "acl" only counts or allows requests, and stops none/;
    const allowed = /^Its web ACL "acl" has only rules that allow requests, and stops none/;
    for (const [props, says] of [
      [{ rules: [{ action: { allow: {} } }] }, allowed],
      [{ ruleJson: '[{ "Action": { "Allow": {} } }]' }, allowed],
      [{ rules: [{ action: { allow: {} } }, { overrideAction: { count: {} } }] }, counted],
      [{ rules: [{ action: { count: {} } }] }, counted],
      [{ ruleJson: '[{ "OverrideAction": { "Count": {} } }]' }, counted],
    ] as const) {
      assert.match(judge(required, BALANCER, acl(props), guarding(acl(props)))["other"] ?? "", says);
    }
  });
  it("reports as advice only what counts", () => {
    const [type, name, arn] = ["aws:wafv2/webAcl:WebAcl", "acl", "arn:acl"];
    const edge = { type: "aws:cloudfront/distribution:Distribution", name: "edge", props: { webAclId: arn } };
    for (const [action, isAdvice] of [
      ["count", true],
      ["allow", undefined],
    ] as const) {
      const own = { type, name, props: { arn, rules: [{ action: { [action]: {} } }] } };
      const subjects = [own, edge].map((one) => ({ ...one, urn: urnOf(one), propertyDependencies: {} }));
      const found = waf.judge(new Stack(subjects), { required: true });
      assert.deepEqual(
        found.map((violation) => violation.isAdvice),
        [isAdvice],
      );
    }
  });
  it("judges the web ACL of a distribution, too", () => {
    const distribution = (of: TestResource): TestResource => ({
      type: "aws:cloudfront/distribution:Distribution",
      name: "edge",
      props: { webAclId: UNKNOWN },
      propertyDependencies: { webAclId: [urnOf(of)] },
    });
    for (const props of [{}, { rules: [{ action: { allow: {} } }] }])
      assert.match(judge(required, acl(props), distribution(acl(props)))["edge"] ?? "", /web ACL "acl" has/);
    const blocking = acl({ rules: [{ action: { block: {} } }] });
    assert.deepEqual(judge(required, blocking, distribution(blocking)), {});
  });
  it("passes a distribution with a web ACL, known or not, and refuses one without", () => {
    const distribution = (name: string, props: Props): TestResource => ({
      type: "aws:cloudfront/distribution:Distribution",
      name,
      props,
    });
    const webAclId = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/01234567";
    const judged = judge(
      required,
      distribution("guarded", { webAclId }),
      distribution("soon", { webAclId: UNKNOWN }),
      distribution("open", {}),
      distribution("emptied", { webAclId: "" }),
    );
    assert.deepEqual(Object.keys(judged), ["open", "emptied"]);
    assert.match(String(judged["open"]), /webAclId is not set; it must name a web ACL/);
    assert.deepEqual(judge({}, distribution("open", {})), {});
  });
  it("refuses a public balancer without a web ACL, and no other", () => {
    assert.deepEqual(Object.keys(judge(required, BALANCER, association, other({ internal: false }))), [
      "other",
    ]);
    assert.deepEqual(Object.keys(judge(required, BALANCER)), ["front"]);
    assert.deepEqual(Object.keys(judge(required, other({ internal: null }))), ["other"]);
  });
});
