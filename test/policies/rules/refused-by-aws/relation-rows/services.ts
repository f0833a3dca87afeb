import {
  BUCKET,
  ECS_SERVICE,
  FUNCTION,
  FUNCTION_PERMISSION,
  LAUNCH_TEMPLATE,
  LISTENER,
  LISTENER_RULE,
  LOAD_BALANCER,
  NODE_GROUP,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
  TASK_DEFINITION,
} from "../../../../../policies/resources";
import {
  BUCKET_NOTIFICATION,
  LOG_SUBSCRIPTION,
  SECRET_ROTATION,
} from "../../../../../policies/rules/refused-by-aws/relations/types";
import { EVENT_SOURCE_MAPPING, QUEUE } from "../../../../../policies/rules/refused-by-aws/api-prose/types";
import { type TestResource, UNKNOWN, urnOf } from "../../../../support/pack";
import type { Props } from "../../../../support/rule-suite";
import { make, type Row, waitingFor } from "./row";

const group = make(TARGET_GROUP, "web", { targetType: "ip", protocol: "HTTP" });
const listener = make(
  LISTENER,
  "https",
  { protocol: "HTTPS", defaultActions: [{ type: "forward", targetGroupArn: UNKNOWN }] },
  { loadBalancerArn: make(LOAD_BALANCER, "alb"), defaultActions: group },
);
const container = { name: "web", portMappings: [{ containerPort: 8080 }] };
const task = make(TASK_DEFINITION, "task", {
  networkMode: "awsvpc",
  containerDefinitions: JSON.stringify([container, { name: "proxy" }]),
});
const service = (balancer: Props, props: Props = {}): TestResource =>
  waitingFor(
    make(
      ECS_SERVICE,
      "x",
      {
        loadBalancers: [{ targetGroupArn: UNKNOWN, containerName: "web", containerPort: 8080, ...balancer }],
        ...props,
      },
      { loadBalancers: group, taskDefinition: task },
    ),
    listener,
  );
const behind = (...stack: readonly TestResource[]): TestResource[] => [group, listener, task, ...stack];

const fargate = (name: string, requiresCompatibilities: unknown): TestResource =>
  make(TASK_DEFINITION, name, { requiresCompatibilities, networkMode: "awsvpc", cpu: "256", memory: "512" });
const launch = (of: TestResource): TestResource =>
  make(ECS_SERVICE, "x", { launchType: "FARGATE", networkConfiguration: {} }, { taskDefinition: of });

const fn = make(FUNCTION, "pay");
const bucket = make(BUCKET, "uploads");
const notification = make(
  BUCKET_NOTIFICATION,
  "x",
  { lambdaFunctions: [{ lambdaFunctionArn: UNKNOWN }] },
  { bucket, lambdaFunctions: fn },
);
const subscription = make(LOG_SUBSCRIPTION, "x", {}, { destinationArn: fn });
const rotation = make(SECRET_ROTATION, "x", {}, { rotationLambdaArn: fn });
const permission = (principal: string, of: readonly TestResource[] | undefined = undefined): TestResource =>
  make(
    FUNCTION_PERMISSION,
    "p",
    { principal },
    { function: fn, ...(of === undefined ? {} : { sourceArn: of }) },
  );

const nodes = (template: Props): TestResource[] => [
  make(LAUNCH_TEMPLATE, "t", template),
  make(NODE_GROUP, "x", { launchTemplate: { id: UNKNOWN } }, { launchTemplate: make(LAUNCH_TEMPLATE, "t") }),
];

const worker = (queue: Props, timeout: Props): TestResource[] => {
  const orders = make(QUEUE, "orders", queue);
  const ship = make(FUNCTION, "ship", timeout);
  return [orders, ship, make(EVENT_SOURCE_MAPPING, "x", {}, { eventSourceArn: orders, functionName: ship })];
};

export const REFUSED: readonly Row[] = [
  [
    "a queue whose visibility timeout is shorter than the function's timeout",
    worker({ visibilityTimeoutSeconds: 60 }, { timeout: "90" }),
    "x",
    'Queue "orders" has a visibility timeout of 60 seconds, but function "ship" has a timeout of 90; visibilityTimeoutSeconds must be at least 90',
  ],
  [
    "a queue with AWS's default visibility timeout",
    worker({}, { timeout: 31 }),
    "x",
    'Queue "orders" has a visibility timeout of 30 seconds, but function "ship" has a timeout of 31; visibilityTimeoutSeconds must be at least 31',
  ],
  ["nothing for AWS's default timeouts", worker({}, {})],
  ["nothing for equal timeouts", worker({ visibilityTimeoutSeconds: 900 }, { timeout: 900 })],
  [
    "nothing for unknown timeouts",
    [
      ...worker({}, { timeout: 900 }).slice(1),
      make(QUEUE, "orders", {}, { visibilityTimeoutSeconds: bucket }),
    ],
  ],
  [
    "tasks in a target group that nothing forwards to",
    [group, task, { ...service({}), dependencies: [] }],
    "x",
    'No listener or rule forwards to its target group "web"; one must',
  ],
  [
    "nothing for a target group that a rule forwards to, or that another provider has",
    [
      task,
      group,
      make(LISTENER_RULE, "rule", {}, { actions: group }),
      waitingFor(service({}), make(LISTENER_RULE, "rule")),
    ],
  ],
  [
    "nothing for a target group that is passed to another provider",
    [
      task,
      group,
      make(["aws-native:elasticloadbalancingv2:Listener"], "l", {}, { defaultActions: group }),
      service({}),
    ].map((one) => ({ ...one, dependencies: [] })),
  ],
  [
    "a container that the task does not have",
    behind(service({ containerName: "nginx" })),
    "x",
    'loadBalancers name a container that task definition "task" does not have; containerName must be one of its containers',
  ],
  [
    "a port that the container does not map",
    behind(service({ containerPort: 80 })),
    "x",
    'loadBalancers name port 80, which the container of task definition "task" does not map; containerPort must be in its portMappings',
  ],
  ["nothing for a container and port of the task", behind(service({}))],
  [
    "nothing for unknown containers",
    [
      group,
      listener,
      {
        ...make(TASK_DEFINITION, "task", { containerDefinitions: UNKNOWN }),
        propertyDependencies: { containerDefinitions: [urnOf(group)] },
      },
      service({ containerName: "nginx" }),
    ],
  ],
  ...(
    [
      [notification, "s3.amazonaws.com", "Amazon S3"],
      [subscription, "logs.eu-west-1.amazonaws.com", "CloudWatch Logs"],
      [rotation, "secretsmanager.amazonaws.com", "Secrets Manager"],
    ] as const
  ).flatMap(([caller, principal, who]): Row[] => [
    [
      `a function that ${who} may not call`,
      [fn, bucket, permission("elasticloadbalancing.amazonaws.com"), caller],
      "x",
      `Nothing lets ${who} call function "pay"; an aws.lambda.Permission is required`,
    ],
    [
      `nothing of one that ${who} may call`,
      [fn, bucket, permission(principal), waitingFor(caller, permission(principal))],
    ],
  ]),
  [
    "a function that another bucket may call",
    [
      fn,
      bucket,
      make(BUCKET, "other"),
      permission("s3.amazonaws.com", [make(BUCKET, "other")]),
      notification,
    ],
    "x",
    'Nothing lets Amazon S3 call function "pay" for "uploads", only for "other"; an aws.lambda.Permission with its sourceArn is required',
  ],
  [
    "nothing for a notification that calls no function",
    [bucket, make(BUCKET_NOTIFICATION, "n", { queues: [{ queueArn: "arn:aws:sqs:x" }] }, { bucket })],
  ],
  [
    "an instance profile in the template of a node group",
    nodes({ iamInstanceProfile: { arn: UNKNOWN } }),
    "x",
    'Launch template "t" has iamInstanceProfile; AWS allows it only on the node group',
  ],
  [
    "a subnet in the template of a node group",
    nodes({ networkInterfaces: [{ subnetId: "subnet-1" }] }),
    "x",
    'Launch template "t" has a subnetId in networkInterfaces; AWS allows it only on the node group',
  ],
  ["nothing for a template without either", nodes({ networkInterfaces: [{ securityGroups: ["sg-1"] }] })],
];

export const ADVISED: readonly Row[] = [
  [
    "a service that does not depend on the listener",
    behind({ ...service({}), dependencies: [] }),
    "x",
    'It doesn\'t wait for "https", without which target group "web" has no load balancer',
  ],
  ["nothing for a service that depends on the listener", behind(service({}))],
  [
    "an EC2 task launched on Fargate",
    [fargate("task", ["EC2"]), launch(fargate("task", []))],
    "x",
    'It launches "task" on Fargate, but its requiresCompatibilities lack "FARGATE"',
  ],
  ["nothing for a task without compatibilities", [fargate("task", null), launch(fargate("task", null))]],
  [
    "a target that does not depend on its permission",
    [
      fn,
      permission("elasticloadbalancing.amazonaws.com"),
      make(TARGET_GROUP, "fn", { targetType: "lambda" }),
      make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: make(TARGET_GROUP, "fn"), targetId: fn }),
    ],
    "x",
    'It doesn\'t wait for permission "p", without which Elastic Load Balancing may not call function "pay"',
  ],
  [
    "a notification that does not depend on its permission",
    [fn, bucket, permission("s3.amazonaws.com", [bucket]), notification],
    "x",
    'It doesn\'t wait for permission "p", without which Amazon S3 may not call function "pay"',
  ],
];
