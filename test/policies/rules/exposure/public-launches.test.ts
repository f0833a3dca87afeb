import assert from "node:assert/strict";
import { packForSuite, secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { assertSilence, blamed, type Props } from "../../../support/rule-suite";
import * as resources from "../../../../policies/resources";

const make = (type: string, name: string, props: Props, of: Record<string, TestResource[]> = {}) =>
  ({
    type,
    name,
    props,
    propertyDependencies: Object.fromEntries(Object.entries(of).map(([key, some]) => [key, some.map(urnOf)])),
  }) satisfies TestResource;
const within = (parent: TestResource, child: TestResource): TestResource => ({
  ...child,
  parent: urnOf(parent),
});

const vpc = make("awsx:ec2:Vpc", "network", {});
const subnet = (name: string, props: Props) => make("aws:ec2/subnet:Subnet", name, { id: UNKNOWN, ...props });
const giving = subnet("giving", { mapPublicIpOnLaunch: true });
const silent = subnet("silent", {});
const sixth = subnet("sixth", { assignIpv6AddressOnCreation: true });
const group = (name: string, source?: unknown) =>
  make("aws:ec2/securityGroup:SecurityGroup", name, {
    id: UNKNOWN,
    name: `${name}-1`,
    ...(source === undefined
      ? {}
      : { ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: [source] }] }),
  });
const open = group("open", "0.0.0.0/0");
const doubtful = group("doubtful", UNKNOWN);
const closed = group("closed", "10.0.0.0/8");

/** A value, its dependencies, and the other resources in the stack. */
interface Way {
  readonly value?: unknown;
  readonly of?: readonly TestResource[];
  readonly beside?: readonly TestResource[];
}

/**
 * Ways to specify a subnet, whether a resource in it may have a public address, and whether the program assigns that
 * address.
 */
const SUBNETS: Readonly<Record<string, Way & { readonly mayBePublic: boolean; readonly isGiven?: true }>> = {
  "one that gives addresses": { value: UNKNOWN, of: [giving], mayBePublic: true, isGiven: true },
  "one that gives IPv6 addresses": { value: UNKNOWN, of: [sixth], mayBePublic: true, isGiven: true },
  "one that says nothing": { value: UNKNOWN, of: [silent], mayBePublic: false },
  "one that was looked up, or is another stack's": { value: UNKNOWN, mayBePublic: true },
  "a foreign id": { value: "subnet-0123456789abcdef0", mayBePublic: true },
  "a secret foreign id": { value: secret("subnet-0123456789abcdef0"), mayBePublic: true },
  "one of a component with both kinds": {
    value: UNKNOWN,
    of: [vpc],
    mayBePublic: true,
    isGiven: true,
    beside: [vpc, within(vpc, subnet("a", { mapPublicIpOnLaunch: true })), within(vpc, subnet("b", {}))],
  },
  "one of a component without public ones": {
    value: UNKNOWN,
    of: [vpc],
    mayBePublic: false,
    beside: [vpc, within(vpc, subnet("a", {})), within(vpc, subnet("b", {}))],
  },
  "the default VPC's, taken over": {
    value: UNKNOWN,
    of: [make("aws:ec2/defaultSubnet:DefaultSubnet", "default", { id: UNKNOWN })],
    mayBePublic: true,
    isGiven: true,
  },
  "none, and so one of the default VPC": { mayBePublic: true },
};

/** Ways to specify security groups, and the rule's message for those that may admit the internet. */
const GROUPS: Readonly<Record<string, Way & { readonly says?: RegExp; readonly isAdvice?: boolean }>> = {
  "one that is open": { value: [UNKNOWN], of: [open], says: /"open" lets the world in/ },
  "one with an unknown source": { value: [UNKNOWN], of: [doubtful], says: /"doubtful" lets the world in/ },
  "one that is closed": { value: [UNKNOWN], of: [closed] },
  "a list that is one unknown": { value: UNKNOWN, of: [open], says: /"open" lets the world in/ },
  "one that was looked up": {
    value: [UNKNOWN],
    says: /the ingress of [\w.[\]]*SecurityGroupIds\[0\] is not known/,
  },
  "a foreign id": {
    value: ["sg-0123456789abcdef0"],
    says: /the ingress of [\w.[\]]*SecurityGroupIds\[0\] is not known/,
  },
  "one that is open, by its name": { value: ["open-1"], beside: [open], says: /"open" lets the world in/ },
  "one that is closed, by its name": { value: ["closed-1"], beside: [closed] },
  none: { says: /the ingress of the VPC's default security group is not known/, isAdvice: true },
};

describe("public-instances-stack", () => {
  const pack = packForSuite({ directory: "policies" });
  const judge = (...resources: TestResource[]) => blamed(pack(), "public-instances-stack", resources);
  /** A launched resource with everything that it refers to. */
  const launched = (type: string, ways: Readonly<Record<string, Way>>, more: Props = {}): TestResource[] => {
    const said = Object.entries(ways).filter(([, { value }]) => value !== undefined);
    const props = { ...Object.fromEntries(said.map(([key, { value }]) => [key, value])), ...more };
    const of = Object.fromEntries(said.map(([key, way]) => [key, [...(way.of ?? [])]]));
    const others = said.flatMap(([, { of = [], beside = [] }]) => [...of, ...beside]);
    return [...new Set(others), make(type, "it", props, of)];
  };
  const INSTANCE = "aws:ec2/instance:Instance";

  for (const [where, place] of Object.entries(SUBNETS)) {
    it(`judges an instance in a subnet, ${where}, by its security groups`, async () => {
      for (const [whom, groups] of Object.entries(GROUPS)) {
        const level = groups.isAdvice === true && place.isGiven !== true ? "advisory" : "mandatory";
        const judge = (...resources: TestResource[]) =>
          blamed(pack(), "public-instances-stack", resources, level);
        const resources = launched(INSTANCE, { subnetId: place, vpcSecurityGroupIds: groups });
        const { it: text, ...others } = await judge(...resources);
        assert.deepEqual(others, {});
        if (place.mayBePublic && groups.says) assert.match(text ?? "nothing", groups.says, whom);
        else assert.equal(text, undefined, whom);
        const [refused] = [
          await judge(
            ...launched(
              INSTANCE,
              { subnetId: place, vpcSecurityGroupIds: groups },
              { associatePublicIpAddress: false },
            ),
          ),
        ];
        assert.deepEqual(Object.keys(refused), where.includes("IPv6") && groups.says ? ["it"] : [], whom);
      }
    });
  }

  /** Other types that launch, with subnets and groups at `%` of their inputs. */
  const at = (path: string, subnets: string, groups: string, more: Props = {}) => ({
    path,
    subnets,
    groups,
    more,
  });
  const LAUNCHERS: Readonly<Record<string, ReturnType<typeof at>>> = {
    "aws:batch/computeEnvironment:ComputeEnvironment": at("computeResources", "subnets", "securityGroupIds"),
    "aws:emr/cluster:Cluster": at("ec2Attributes", "subnetId", "emrManagedMasterSecurityGroup"),
    "aws:ec2/spotFleetRequest:SpotFleetRequest": at(
      "launchSpecifications",
      "subnetId",
      "vpcSecurityGroupIds",
    ),
    "aws:ecs/service:Service": at("networkConfiguration", "subnets", "securityGroups", {
      assignPublicIp: true,
    }),
    "aws:scheduler/schedule:Schedule": at(
      "target.ecsParameters.networkConfiguration",
      "subnets",
      "securityGroups",
      { assignPublicIp: true },
    ),
    "aws:cloudwatch/eventTarget:EventTarget": at(
      "ecsTarget.networkConfiguration",
      "subnets",
      "securityGroups",
      { assignPublicIp: true },
    ),
    "aws:pipes/pipe:Pipe": at(
      "targetParameters.ecsTaskParameters.networkConfiguration.awsVpcConfiguration",
      ...(["subnets", "securityGroups", { assignPublicIp: "ENABLED" }] as const),
    ),
  };
  for (const [type, { path, subnets, groups, more }] of Object.entries(LAUNCHERS)) {
    it(`judges ${type}`, async () => {
      const [top = "", ...inner] = path.split(".");
      const nested = (props: Props) => inner.reduceRight<Props>((value, key) => ({ [key]: value }), props);
      const resource = (given: Props, ...of: TestResource[]) =>
        make(
          type,
          "it",
          { [top]: nested({ [subnets]: UNKNOWN, [groups]: UNKNOWN, ...given }) },
          { [top]: of },
        );
      assert.deepEqual(Object.keys(await judge(giving, open, resource(more, giving, open))), ["it"]);
      assert.deepEqual(await judge(giving, closed, resource(more, giving, closed)), {});
      const off = more["assignPublicIp"] === "ENABLED" ? "DISABLED" : false;
      const kept = Object.keys(more).length > 0 ? { assignPublicIp: off } : {};
      assert.deepEqual(await judge(silent, open, resource(kept, silent, open)), {});
      // An unknown block may contain anything.
      const whole = make(type, "it", { [top]: UNKNOWN }, { [top]: [giving, open] });
      assert.deepEqual(Object.keys(await judge(giving, open, whole)), ["it"]);
    });
  }

  const template = (props: Props, of: Record<string, TestResource[]> = {}) =>
    make("aws:ec2/launchTemplate:LaunchTemplate", "template", { id: UNKNOWN, ...props }, of);
  const inTemplate = (...groups: TestResource[]) =>
    template({ vpcSecurityGroupIds: groups.map(() => UNKNOWN) }, { vpcSecurityGroupIds: groups });
  for (const [type, property, value, subnets] of [
    ["aws:autoscaling/group:Group", "launchTemplate", { id: UNKNOWN }, "vpcZoneIdentifiers"],
    [
      "aws:autoscaling/group:Group",
      "mixedInstancesPolicy",
      { launchTemplate: { launchTemplateSpecification: { launchTemplateId: UNKNOWN } } },
      "vpcZoneIdentifiers",
    ],
    ["aws:eks/nodeGroup:NodeGroup", "launchTemplate", { id: UNKNOWN }, "subnetIds"],
    ["aws:ec2/instance:Instance", "launchTemplate", { id: UNKNOWN }, "subnetId"],
  ] as const) {
    it(`reads the launch template of ${type}, by ${property}`, async () => {
      const of = (named: TestResource, where: TestResource) =>
        make(
          type,
          "it",
          { [property]: value, [subnets]: [UNKNOWN] },
          { [property]: [named], [subnets]: [where] },
        );
      const [bad, good] = [inTemplate(open), inTemplate(closed)];
      assert.deepEqual(Object.keys(await judge(giving, open, bad, of(bad, giving))), ["it"]);
      assert.deepEqual(await judge(silent, open, bad, of(bad, silent)), {});
      assert.deepEqual(await judge(giving, closed, good, of(good, giving)), {});
      const foreign = make(type, "it", { [property]: value, [subnets]: [UNKNOWN] }, { [subnets]: [giving] });
      assert.match(
        (await judge(giving, foreign))["it"] ?? "nothing",
        /the ingress of [^;:]*aunchTemplate[^;:]* is not known/,
      );
    });
  }

  const [a, b] = [
    { ...giving, name: "a" },
    { ...giving, name: "b" },
  ];
  const [low, high] = [group("low", "8.0.0.0/8"), group("high", "9.0.0.0/8")];
  const named = (of: TestResource, key: string, value: string) => ({
    ...of,
    props: { ...of.props, [key]: value },
  });
  const sixfold = { networkInterfaces: [{ ipv6AddressCount: 1, securityGroups: [UNKNOWN] }] };
  const opened = { vpcSecurityGroupIds: [open] };
  for (const [title, says, ...stack] of [
    [
      "names the subnets that give addresses, and the groups that are open",
      'its subnets may be "a", "b", which assign public addresses, and "open" lets the world in.',
      a,
      b,
      open,
      closed,
      make(
        "aws:autoscaling/group:Group",
        "it",
        { vpcZoneIdentifiers: [UNKNOWN, UNKNOWN], securityGroups: [UNKNOWN, UNKNOWN] },
        { vpcZoneIdentifiers: [a, b], securityGroups: [open, closed] },
      ),
    ],
    [
      "names the groups that are open together",
      'associatePublicIpAddress is true, and "low" and "high" let the world in.',
      low,
      high,
      make(
        INSTANCE,
        "it",
        { associatePublicIpAddress: true, vpcSecurityGroupIds: [UNKNOWN, UNKNOWN] },
        { vpcSecurityGroupIds: [low, high] },
      ),
    ],
    [
      "says how many IPv6 addresses are public",
      'ipv6AddressCount gives it IPv6 addresses, which are public, and "open" lets the world in.',
      open,
      make(INSTANCE, "it", { ipv6AddressCount: 1, vpcSecurityGroupIds: [UNKNOWN] }, opened),
    ],
    [
      "reads those of a launch template",
      'networkInterfaces[0].ipv6AddressCount gives it IPv6 addresses, which are public, and "open" lets the world in.',
      open,
      silent,
      { ...template(sixfold, { networkInterfaces: [open] }), name: "it" },
    ],
    [
      "finds a launch template by its id",
      'its subnets may be "giving", which assign public addresses, and "open" lets the world in.',
      open,
      giving,
      named(inTemplate(open), "id", "lt-1"),
      make(
        "aws:autoscaling/group:Group",
        "it",
        { launchTemplate: { id: "lt-1" }, vpcZoneIdentifiers: [UNKNOWN] },
        { vpcZoneIdentifiers: [giving] },
      ),
    ],
    [
      "finds it though the subnets are another program's",
      'vpcZoneIdentifiers[0] is a subnet that is not in this program, which may give it a public address, and "open" lets the world in.',
      open,
      named(inTemplate(open), "id", "lt-1"),
      make("aws:autoscaling/group:Group", "it", {
        launchTemplate: { id: "lt-1" },
        vpcZoneIdentifiers: ["subnet-1"],
      }),
    ],
    [
      "finds the instance whose interface an address is given to",
      'networkInterface gives a public address to it, and "open" lets the world in.',
      open,
      make(
        INSTANCE,
        "host",
        {
          associatePublicIpAddress: false,
          primaryNetworkInterfaceId: "eni-1",
          vpcSecurityGroupIds: [UNKNOWN],
        },
        opened,
      ),
      make("aws:ec2/eip:Eip", "it", { networkInterface: "eni-1" }),
    ],
    ...["true x", "x true"].map(
      (word) =>
        [
          `doesn't repeat "${word}"`,
          'associatePublicIpAddress is another string (not shown, as it may be secret), and "open" lets the world in.',
          open,
          make(INSTANCE, "it", { associatePublicIpAddress: word, vpcSecurityGroupIds: [UNKNOWN] }, opened),
        ] as const,
    ),
  ] as const satisfies readonly (readonly [string, string, ...TestResource[]])[])
    it(title, async () =>
      assert.ok(
        (await judge(...stack))["it"]?.includes(`\n${says}\n`),
        JSON.stringify(await judge(...stack)),
      ),
    );

  it("blames the launch template that requests the public address, once", async () => {
    const networkInterfaces = [{ associatePublicIpAddress: "true", securityGroups: [UNKNOWN] }];
    const bad = template({ networkInterfaces }, { networkInterfaces: [open] });
    const fleet = make(
      "aws:autoscaling/group:Group",
      "fleet",
      { launchTemplate: { id: UNKNOWN }, vpcZoneIdentifiers: [UNKNOWN] },
      { launchTemplate: [bad], vpcZoneIdentifiers: [silent] },
    );
    const found = await judge(open, silent, bad, fleet);
    assert.deepEqual(Object.keys(found), ["template"]);
    assert.match(
      found["template"]!,
      /networkInterfaces\[0\]\.associatePublicIpAddress is "true", and "open"/,
    );
  });

  it("judges Elastic IP addresses by the resource that gets them", async () => {
    const card = (name: string, of: TestResource) =>
      make(
        "aws:ec2/networkInterface:NetworkInterface",
        name,
        { id: UNKNOWN, subnetId: UNKNOWN, securityGroups: [UNKNOWN] },
        { subnetId: [silent], securityGroups: [of] },
      );
    const [bad, good] = [card("bad", open), card("good", closed)];
    for (const [type, property] of [
      ["aws:ec2/eip:Eip", "networkInterface"],
      ["aws:ec2/eip:Eip", "instance"],
      ["aws:ec2/eipAssociation:EipAssociation", "networkInterfaceId"],
      ["aws:ec2/eipAssociation:EipAssociation", "instanceId"],
    ] as const) {
      const to = (of: TestResource) => make(type, "address", { [property]: UNKNOWN }, { [property]: [of] });
      assert.deepEqual(Object.keys(await judge(silent, open, bad, to(bad))), ["address"]);
      assert.deepEqual(await judge(silent, closed, good, to(good)), {});
      const foreign = make(type, "address", { [property]: "i-0123456789abcdef0" });
      assert.match(
        (await judge(foreign))["address"]!,
        /the ingress there is not known: it is not in this program/,
      );
      assert.deepEqual(await judge(make(type, "address", { [property]: "" })), {});
    }
    // The instance belongs to the groups of the interface that it is launched with.
    const using = make(
      INSTANCE,
      "using",
      { networkInterfaces: [{ networkInterfaceId: UNKNOWN }], id: "i-1" },
      { networkInterfaces: [bad] },
    );
    const address = make("aws:ec2/eip:Eip", "address", { instance: "i-1" });
    assert.deepEqual(Object.keys(await judge(silent, open, bad, using, address)), ["address"]);
  });

  it("counts a security group that is attached to an interface later", async () => {
    const attached = [
      make(INSTANCE, "it", { id: "i-1", primaryNetworkInterfaceId: "eni-1", associatePublicIpAddress: true }),
      make(
        "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
        "later",
        { networkInterfaceId: "eni-1", securityGroupId: "sg-1" },
      ),
      { ...open, props: { ...open.props, id: "sg-1" } },
    ];
    assert.deepEqual(Object.keys(await judge(...attached)), ["it"]);
  });

  it("counts a resource that names no group as a member of the default group", async () => {
    const named = launched(INSTANCE, { subnetId: { value: UNKNOWN, of: [giving] } });
    const taken = (ingress: readonly Props[]) =>
      make("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", { id: UNKNOWN, ingress });
    const world = { protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] };
    assert.deepEqual(await judge(taken([]), ...named), {});
    assert.deepEqual(Object.keys(await judge(taken([world]), ...named)), ["it"]);
    const rule = make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", {
      securityGroupId: "sg-0123456789abcdef0",
      ipProtocol: "tcp",
      cidrIpv4: "0.0.0.0/0",
    });
    assert.deepEqual(Object.keys(await judge(taken([]), rule, ...named)), ["it"]);
    // EKS creates its own group.
    const nodes = make(
      "aws:eks/nodeGroup:NodeGroup",
      "it",
      { subnetIds: [UNKNOWN] },
      { subnetIds: [giving] },
    );
    assert.deepEqual(await judge(giving, nodes), {});
  });

  it("judges the program's inputs, not what the provider filled in", async () => {
    const resource = make(INSTANCE, "filled", { subnetId: "subnet-1", vpcSecurityGroupIds: ["sg-1"] });
    const after = [
      { ...giving, props: { ...giving.props, id: "subnet-1" } },
      { ...open, props: { ...open.props, id: "sg-1" } },
      { ...resource, props: { ...resource.props, associatePublicIpAddress: false, ipv6AddressCount: 0 } },
    ];
    for (const one of [giving, open, resource]) await pack().analyze(one);
    assert.deepEqual(Object.keys(await judge(...after)), ["filled"]);
    // Inputs of another run must not affect this one.
    await pack().analyze(resource);
    assert.deepEqual(await judge(...after), {});
  });

  it("repeats no text that might be a secret", () =>
    assertSilence(
      launched(INSTANCE, {
        subnetId: { value: "subnet-0123456789abcdef0" },
        vpcSecurityGroupIds: { value: ["sg-0123456789abcdef0"] },
      }),
      (resources) => pack().analyzeStack(resources),
    ));

  it("ignores a group only if both its launch template and its subnets are from another program", async () => {
    const props = { launchTemplate: { id: "lt-0123456789abcdef0" }, vpcZoneIdentifiers: ["subnet-1"] };
    const fleet = make("aws:autoscaling/group:Group", "fleet", props);
    assert.deepEqual(await judge(fleet), {});
    const inPublic = { ...props, vpcZoneIdentifiers: [UNKNOWN] };
    const open = make("aws:autoscaling/group:Group", "fleet", inPublic, { vpcZoneIdentifiers: [giving] });
    assert.deepEqual(Object.keys(await judge(giving, open)), ["fleet"]);
  });

  it("counts a group with zones and no subnets as one in the default VPC", async () => {
    const zonal = (of: TestResource) =>
      make(
        "aws:autoscaling/group:Group",
        "fleet",
        { launchTemplate: { id: UNKNOWN }, availabilityZones: ["eu-west-1a"] },
        { launchTemplate: [of] },
      );
    const [bad, good] = [inTemplate(open), inTemplate(closed)];
    assert.match(
      (await judge(open, bad, zonal(bad)))["fleet"]!,
      /it names no subnet, and .*"open" lets the world in/,
    );
    assert.deepEqual(await judge(closed, good, zonal(good)), {});
    const private_ = template(
      { networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: [UNKNOWN] }] },
      { networkInterfaces: [open] },
    );
    assert.deepEqual(await judge(open, private_, zonal(private_)), {});
    const foreign = make("aws:autoscaling/group:Group", "fleet", {
      launchTemplate: { id: "lt-0123456789abcdef0" },
      availabilityZones: ["eu-west-1a"],
    });
    assert.match((await judge(foreign))["fleet"]!, /it names no subnet/);
  });

  it("requires no subnet if another resource provides the interface", async () => {
    const interfaces = [{ networkInterfaceId: "eni-0123456789abcdef0" }];
    assert.deepEqual(await judge(make(INSTANCE, "it", { networkInterfaces: interfaces })), {});
    const from = template({ networkInterfaces: interfaces });
    const launched = make(INSTANCE, "it", { launchTemplate: { id: UNKNOWN } }, { launchTemplate: [from] });
    assert.deepEqual(await judge(from, launched), {});
  });

  const foreign = { securityGroups: ["sg-1"] };
  const task = { networkConfiguration: { assignPublicIp: true, ...foreign } };
  const fleet = { launchTemplateConfigs: [{ launchTemplateSpecification: { launchTemplateId: UNKNOWN } }] };
  const launchTemplate = { id: UNKNOWN };
  const IN_TEMPLATE = 'in its launch template: networkInterfaces: [{ associatePublicIpAddress: "false",';
  for (const [types, props, words] of [
    [
      resources.INSTANCE,
      { associatePublicIpAddress: true, ...foreign },
      "{ associatePublicIpAddress: false }",
    ],
    [
      resources.LAUNCH_CONFIGURATION,
      { associatePublicIpAddress: true, ...foreign },
      "{ associatePublicIpAddress: false }",
    ],
    [
      resources.LAUNCH_TEMPLATE,
      { networkInterfaces: [{ associatePublicIpAddress: "true", ...foreign }] },
      'networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: […] }]',
    ],
    [resources.AUTO_SCALING_GROUP, { launchTemplate }, IN_TEMPLATE],
    [resources.EC2_FLEET, fleet, IN_TEMPLATE],
    [resources.NODE_GROUP, { launchTemplate, subnetIds: [UNKNOWN] }, IN_TEMPLATE],
    [
      resources.SPOT_FLEET,
      { launchSpecifications: [{ associatePublicIpAddress: true, vpcSecurityGroupIds: ["sg-1"] }] },
      "launchSpecifications: [{ associatePublicIpAddress: false, … }]",
    ],
    [resources.ECS_SERVICE, task, "networkConfiguration: { assignPublicIp: false, … }"],
    [resources.ECS_TASK_SET, task, "networkConfiguration: { assignPublicIp: false, … }"],
    [
      resources.EVENT_SCHEDULE,
      { target: { ecsParameters: task } },
      "networkConfiguration: { assignPublicIp: false, … } of its task",
    ],
    [
      resources.EVENT_TARGET,
      { ecsTarget: task },
      "networkConfiguration: { assignPublicIp: false, … } of its task",
    ],
    [
      resources.PIPE,
      {
        targetParameters: {
          ecsTaskParameters: {
            networkConfiguration: { awsVpcConfiguration: { assignPublicIp: "ENABLED", ...foreign } },
          },
        },
      },
      'awsVpcConfiguration: { assignPublicIp: "DISABLED", … } of its task',
    ],
    [resources.ELASTIC_IP, { instance: "i-1" }, "leave the address out"],
    [resources.ELASTIC_IP_ASSOCIATION, { instanceId: "i-1" }, "leave the address out"],
    [
      ["aws:batch/computeEnvironment:ComputeEnvironment"],
      { computeResources: { subnets: [UNKNOWN], securityGroupIds: ["sg-1"] } },
      undefined,
    ],
  ] as const)
    it(`explains how to launch ${types[0]} without a public address`, async () => {
      const { it: text = "nothing" } = await judge(make(types[0], "it", props));
      const or =
        words === undefined ? "name subnets without public addresses" : `have no public address: ${words}`;
      assert.ok(
        text.includes(
          `\nFix: let only the load balancer in: ingress { referencedSecurityGroupId: loadBalancer.securityGroupId, … }; or ${or}`,
        ),
        text,
      );
      assert.match(text, /, and no IPv6 addresses; or, if/);
    });

  it("reads a pipe's target as an ARN, known or not", async () => {
    const of = { target: [giving, open] };
    assert.deepEqual(await judge(giving, open, make(resources.PIPE[0], "it", { target: UNKNOWN }, of)), {});
  });

  it("judges resources that launch a template that was looked up", async () => {
    const props = { launchTemplate, vpcZoneIdentifiers: ["subnet-1"] };
    const found = await judge(make("aws:autoscaling/group:Group", "fleet", props));
    assert.deepEqual(Object.keys(found), ["fleet"]);
  });

  it("leaves out the load balancer's group if a component has more groups than the message lists", async () => {
    const component = make("my:network:Shop", "shop", {});
    const [front, back] = [within(component, open), within(component, closed)];
    const balancer = make(
      "aws:lb/loadBalancer:LoadBalancer",
      "front",
      { securityGroups: [UNKNOWN] },
      { securityGroups: [front] },
    );
    const host = (props: Props) =>
      make(
        INSTANCE,
        "it",
        { associatePublicIpAddress: true, ...props },
        Object.fromEntries(Object.keys(props).map((key) => [key, [component]])),
      );
    const told = async (props: Props) =>
      Object.keys(await judge(component, front, back, balancer, host(props)));
    assert.deepEqual(await told({ vpcSecurityGroupIds: [UNKNOWN] }), []);
    assert.deepEqual(await told({ vpcSecurityGroupIds: [UNKNOWN], securityGroups: [UNKNOWN] }), []);
    assert.deepEqual(await told({ vpcSecurityGroupIds: [UNKNOWN, UNKNOWN] }), ["it"]);
  });
});
