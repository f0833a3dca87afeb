import type { CONTAINERS } from "../../../../../policies/rules/refused-by-aws/api-prose/containers";
import type { Props } from "../../../../support/rule-suite";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

const WEB = { name: "web", image: "nginx", memory: 256 };
const NAME = "up to 255 characters: a-z, A-Z, 0-9, - and _";
const HIDDEN = "is another string (not shown, as it may be secret); AWS allows";

const NO_COMMAND =
  'begins with neither "CMD" nor "CMD-SHELL", or has nothing after it; AWS allows commands such as ["CMD-SHELL", "curl -f http://localhost/"]';

const tasks = (containers: unknown, others: Props = {}): Props => ({
  family: "store",
  containerDefinitions: JSON.stringify(containers),
  ...others,
});

/** Refused inputs, by line of CONTAINERS. */
export const CONTAINERS_REFUSED: Readonly<Record<keyof typeof CONTAINERS, Refused>> = {
  containers: [
    [tasks({}), "containerDefinitions is not a JSON list; AWS requires a list of containers"],
    [
      { containerDefinitions: "[" },
      "containerDefinitions is not a JSON list; AWS requires a list of containers",
    ],
    [tasks([]), "containerDefinitions is empty; AWS requires at least one container"],
    [
      tasks([WEB, { memory: 1 }]),
      `containerDefinitions[1].name is not set or has another form; AWS allows ${NAME}`,
      "containerDefinitions[1].image is not set; AWS requires it",
    ],
    [
      tasks([{ name: "web", image: "nginx" }]),
      "none of containerDefinitions[0].memory, containerDefinitions[0].memoryReservation and the task's memory is set; AWS requires at least one of them",
    ],
    [
      tasks([
        { ...WEB, essential: false },
        { ...WEB, essential: false },
      ]),
      "containerDefinitions has no essential container; AWS requires at least one",
      "containerDefinitions has the same name twice; AWS requires a unique name for each container of a task",
    ],
    [
      tasks([{ ...WEB, memoryReservation: 512, environment: { STAGE: "prod" } }]),
      "containerDefinitions[0].memoryReservation is 512, but memory is 256; AWS allows at most 256",
      "containerDefinitions[0].environment is not a list; AWS requires a list of { name, value }",
    ],
    [
      tasks([{ ...WEB, portMappings: [{ containerPort: 80, hostPort: 8080 }] }], { networkMode: "awsvpc" }),
      'containerDefinitions[0] maps port 80 to 8080, but networkMode is "awsvpc"; AWS requires the same port on both sides',
    ],
    [
      tasks([{ ...WEB, mountPoints: [{ sourceVolume: "data" }], dependsOn: [{ containerName: "db" }] }], {
        volumes: [{ name: "logs" }],
      }),
      "containerDefinitions[0] mounts a volume that is not in volumes; AWS allows only volumes of the task",
      "containerDefinitions[0] depends on a container that the task does not have; AWS allows only containers of the task",
    ],
    [tasks([{ name: "web", image: "nginx", memoryReservation: 128 }])],
    [tasks([{ name: "web", image: "nginx" }], { memory: UNKNOWN })],
    [tasks([{ ...WEB, portMappings: [{ containerPort: 80, hostPort: 8080 }] }])],
    [
      tasks([{ ...WEB, portMappings: [{ containerPort: 80 }], mountPoints: [{ sourceVolume: "data" }] }], {
        networkMode: "awsvpc",
        volumes: UNKNOWN,
      }),
    ],
    [
      tasks(
        [
          {
            ...WEB,
            dependsOn: [{ containerName: "migrate", condition: "SUCCESS" }],
            mountPoints: [{ sourceVolume: "a" }],
          },
          { ...WEB, name: "migrate", essential: false },
        ],
        { volumes: [{ name: "a" }] },
      ),
    ],
    [{ containerDefinitions: UNKNOWN }],
  ],
  "container-health-check": [
    [
      tasks([
        WEB,
        {
          ...WEB,
          name: "api",
          healthCheck: { command: ["curl -f http://localhost/"], interval: 4, timeout: 1, retries: 0 },
        },
        { ...WEB, name: "jobs", healthCheck: { command: ["CMD"], interval: 301, timeout: 61, retries: 11 } },
      ]),
      `containerDefinitions[1].healthCheck.command ${NO_COMMAND}`,
      "containerDefinitions[1].healthCheck.interval is 4; AWS allows 5 to 300",
      "containerDefinitions[1].healthCheck.timeout is 1; AWS allows 2 to 60",
      "containerDefinitions[1].healthCheck.retries is 0; AWS allows 1 to 10",
      `containerDefinitions[2].healthCheck.command ${NO_COMMAND}`,
      "containerDefinitions[2].healthCheck.interval is 301; AWS allows 5 to 300",
      "containerDefinitions[2].healthCheck.timeout is 61; AWS allows 2 to 60",
      "containerDefinitions[2].healthCheck.retries is 11; AWS allows 1 to 10",
    ],
    [
      tasks([{ ...WEB, healthCheck: { command: ["CMD", "/healthy"], startPeriod: 301 } }]),
      "containerDefinitions[0].healthCheck.startPeriod is 301; AWS allows 0 to 300",
    ],
    [
      tasks([
        {
          ...WEB,
          healthCheck: { command: ["CMD", "/healthy"], interval: 5, timeout: 2, retries: 1, startPeriod: 0 },
        },
        { ...WEB, name: "a", healthCheck: { command: ["NONE"] } },
        { ...WEB, name: "b", healthCheck: null },
        {
          ...WEB,
          name: "c",
          healthCheck: {
            command: ["CMD-SHELL", "exit 0"],
            interval: 300,
            timeout: 60,
            retries: 10,
            startPeriod: 300,
          },
        },
      ]),
    ],
    [{ containerDefinitions: UNKNOWN }],
  ],
  "task-family": [[{ family: "the store" }, `family ${HIDDEN} ${NAME}`]],
  "task-execution-role": [
    [
      tasks([{ ...WEB, secrets: [{ name: "A", valueFrom: "arn:aws:ssm:eu-west-1:1:parameter/a" }] }]),
      "executionRoleArn is not set; AWS requires it for secrets",
    ],
    [
      tasks(
        [
          {
            ...WEB,
            image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1",
            logConfiguration: { logDriver: "awslogs" },
          },
        ],
        { requiresCompatibilities: ["FARGATE"] },
      ),
      "executionRoleArn is not set; AWS requires it for the awslogs driver on Fargate and ECR images on Fargate",
    ],
    [tasks([{ ...WEB, logConfiguration: { logDriver: "awslogs" } }])],
    [tasks([{ ...WEB, secrets: [{ name: "A" }] }], { executionRoleArn: UNKNOWN })],
    [tasks([{ ...WEB, secrets: [] }], { requiresCompatibilities: ["FARGATE"] })],
  ],
  "service-name": [[{ name: long(256) }, `name ${HIDDEN} ${NAME}`]],
  "service-launch": [
    [
      { launchType: "FARGATE", capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }] },
      "launchType and capacityProviderStrategies are both set; AWS allows only one of them",
    ],
    [{ capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }], launchType: "" }],
  ],
  "capacity-provider-name": [
    [{ name: "store-aws" }],
    [
      { name: "fargate-store" },
      'name is another string (not shown, as it may be secret); AWS allows up to 255 characters: a-z, A-Z, 0-9, - and _, not beginning with "aws", "ecs" or "fargate"',
    ],
  ],
  "cluster-name": [[{ name: "the store" }, `name ${HIDDEN} ${NAME}`]],
  "task-storage": [
    [
      { family: "a", ephemeralStorage: { sizeInGib: 20 } },
      "ephemeralStorage.sizeInGib is 20; AWS allows a whole number from 21 to 200",
    ],
    [
      {
        family: "a",
        requiresCompatibilities: ["FARGATE"],
        volumes: [{ name: "a", hostPath: "/data" }, { name: "b" }],
      },
      "volumes[0].hostPath is set; Fargate does not allow host volumes",
    ],
    [{ family: "a", requiresCompatibilities: ["EC2"], volumes: [{ name: "a", hostPath: "/data" }] }],
  ],
  "service-kind": [
    [
      {
        taskDefinition: "a",
        launchType: "FARGATE",
        schedulingStrategy: "DAEMON",
        orderedPlacementStrategies: [{ type: "spread" }],
      },
      'schedulingStrategy is "DAEMON", but launchType is "FARGATE"; AWS allows it only on container instances',
      'orderedPlacementStrategies is set, but launchType is "FARGATE"; AWS allows it only on container instances',
    ],
    [
      { taskDefinition: "a", launchType: "EC2", networkConfiguration: { assignPublicIp: true } },
      'networkConfiguration.assignPublicIp is true, but launchType is "EC2"; AWS allows it only with Fargate',
    ],
    [{ taskDefinition: "a", launchType: "EC2", schedulingStrategy: "DAEMON" }],
    [{ taskDefinition: "a", launchType: "EXTERNAL", schedulingStrategy: "DAEMON" }],
  ],
  "service-port": [
    [
      { taskDefinition: "a", loadBalancers: [{ containerPort: 70000 }] },
      "loadBalancers[0].containerPort is 70000; AWS allows a whole number from 0 to 65535",
    ],
    [{ taskDefinition: "a", loadBalancers: [{ containerPort: 65535 }] }],
  ],
  "deployment-strategy": [
    [
      {
        deploymentConfiguration: {
          strategy: "LINEAR",
          bakeTimeInMinutes: 1440,
          linearConfiguration: { stepPercent: 12.3, stepBakeTimeInMinutes: "0" },
        },
      },
    ],
    [{ deploymentConfiguration: { strategy: UNKNOWN, canaryConfiguration: { canaryPercent: 0.1 } } }],
    [{ deploymentConfiguration: UNKNOWN }],
    [
      { deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: "1500" } },
      'deploymentConfiguration.bakeTimeInMinutes is "1500"; AWS allows 0 to 1440 minutes',
    ],
    [
      {
        deploymentConfiguration: {
          strategy: "CANARY",
          canaryConfiguration: { canaryPercent: 0.05, canaryBakeTimeInMinutes: "-1" },
        },
      },
      'deploymentConfiguration.canaryConfiguration.canaryBakeTimeInMinutes is "-1"; AWS allows 0 to 1440 minutes',
      "deploymentConfiguration.canaryConfiguration.canaryPercent is 0.05; AWS allows 0.1 to 100, with at most one decimal place",
    ],
    [
      { deploymentConfiguration: { strategy: "LINEAR", linearConfiguration: { stepPercent: 1 } } },
      "deploymentConfiguration.linearConfiguration.stepPercent is 1; AWS allows 3 to 100, with at most one decimal place",
    ],
    [
      { deploymentConfiguration: { canaryConfiguration: UNKNOWN } },
      'deploymentConfiguration.canaryConfiguration is set, but strategy is not "CANARY"; AWS allows it only with "CANARY"',
    ],
    [
      { deploymentConfiguration: { strategy: "CANARY", linearConfiguration: { stepPercent: 10 } } },
      'deploymentConfiguration.linearConfiguration is set, but strategy is not "LINEAR"; AWS allows it only with "LINEAR"',
    ],
  ],
  "image-lifecycle": [
    [
      { policy: "keep 5" },
      "policy is another string (not shown, as it may be secret); AWS allows JSON or an object with a list of rules",
    ],
    [
      { policy: '{"rule": []}' },
      "policy is another string (not shown, as it may be secret); AWS allows JSON or an object with a list of rules",
    ],
    [{ policy: { rule: [] } }, "policy is an object; AWS allows JSON or an object with a list of rules"],
    [{ policy: { rules: UNKNOWN } }],
    [{ policy: UNKNOWN }],
  ],
};
