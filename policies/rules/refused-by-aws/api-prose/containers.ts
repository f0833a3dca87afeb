import { ECS_SERVICE, TASK_DEFINITION } from "../../../resources";
import { isList, isTrue, jsonOf, read, readList } from "../../../read";
import { isMap, readEach } from "../../../read-each";
import { between, text } from "../known";
import { all, each, expecting, form, isSet } from "./line";
import type { Limit, Line } from "./line";
import { needs } from "./needs";
import { CAPACITY_PROVIDER, ECS_CLUSTER, IMAGE_LIFECYCLE } from "./types";

const API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";

const NAME = form(
  (name) => /^[A-Za-z0-9_-]{1,255}$/.test(name),
  "up to 255 characters: a-z, A-Z, 0-9, - and _",
);

type Container = Readonly<Record<string, unknown>>;

/** The containers; a problem if they are not a list; undefined if the JSON is not known, as when it contains outputs. */
function containersOf(props: unknown): readonly unknown[] | string | undefined {
  const definitions = text(read(props, ["containerDefinitions"]));
  if (definitions === undefined || definitions === "") return undefined;
  const list = jsonOf(definitions);
  if (!Array.isArray(list))
    return "containerDefinitions is not a JSON list; AWS requires a list of containers";
  return list.length === 0 ? "containerDefinitions is empty; AWS requires at least one container" : list;
}

/** The elements of a list that are objects. */
function objectsIn(value: unknown): Container[] {
  return Array.isArray(value) ? value.filter((one) => isMap(one)).map((one) => one as Container) : [];
}

function containerProblems(props: unknown): (string | undefined)[] {
  const list = containersOf(props);
  if (list === undefined || typeof list === "string") return [list];
  const containers = objectsIn(list);
  const names = containers.map(({ name }) => name);
  const mode = text(read(props, ["networkMode"]));
  const isSharing = mode === "awsvpc" || mode === "host";
  const volumes = readEach(props, "volumes.*.name").map(({ reading }) => text(reading));
  const hasVolumes = !isSet(props, "volumes") || (volumes.length > 0 && !volumes.includes(undefined));
  const isSized = read(props, ["memory"]).kind !== "absent";
  return [
    containers.length === list.length && containers.every(({ essential }) => essential === false)
      ? "containerDefinitions has no essential container; AWS requires at least one"
      : undefined,
    new Set(names).size < names.length
      ? "containerDefinitions has the same name twice; AWS requires a unique name for each container of a task"
      : undefined,
    ...containers.flatMap((container) => {
      const { name, image, memory, memoryReservation, environment } = container;
      const label = `containerDefinitions[${list.indexOf(container)}]`;
      const ports = objectsIn(container["portMappings"]);
      const isOfAwsvpc = mode === "awsvpc";
      return [
        typeof name === "string" && NAME.got(name) === undefined
          ? undefined
          : `${label}.name is not set or has another form; AWS allows ${NAME.allowed}`,
        image === undefined || image === "" ? `${label}.image is not set; AWS requires it` : undefined,
        memory === undefined && memoryReservation === undefined && !isSized
          ? `none of ${label}.memory, ${label}.memoryReservation and the task's memory is set; AWS requires at least one of them`
          : undefined,
        typeof memory === "number" && typeof memoryReservation === "number" && memory < memoryReservation
          ? `${label}.memoryReservation is ${memoryReservation}, but memory is ${memory}; AWS allows at most ${memory}`
          : undefined,
        environment !== undefined && environment !== null && !Array.isArray(environment)
          ? `${label}.environment is not a list; AWS requires a list of { name, value }`
          : undefined,
        ...objectsIn(environment).map(({ value }) =>
          value !== undefined && value !== null && typeof value !== "string"
            ? `${label}.environment has a value that is not a string; AWS allows only strings`
            : undefined,
        ),
        isOfAwsvpc && Array.isArray(container["links"]) && container["links"].length > 0
          ? `${label}.links is set, but networkMode is "awsvpc"; AWS allows it only with "bridge"`
          : undefined,
        isOfFargate(props) && container["privileged"] === true
          ? `${label}.privileged is true; Fargate does not allow privileged containers`
          : undefined,
        ...ports.map(({ containerPort, hostPort }) =>
          isSharing && typeof hostPort === "number" && hostPort !== 0 && hostPort !== containerPort
            ? `${label} maps port ${String(containerPort)} to ${hostPort}, but networkMode is "${mode}"; AWS requires the same port on both sides`
            : undefined,
        ),
        ...objectsIn(container["mountPoints"]).map(({ sourceVolume }) =>
          typeof sourceVolume === "string" && hasVolumes && !volumes.includes(sourceVolume)
            ? `${label} mounts a volume that is not in volumes; AWS allows only volumes of the task`
            : undefined,
        ),
        ...objectsIn(container["dependsOn"]).map(({ containerName }) =>
          typeof containerName === "string" && !names.includes(containerName)
            ? `${label} depends on a container that the task does not have; AWS allows only containers of the task`
            : undefined,
        ),
      ];
    }),
  ];
}

/** The bounds of a container's health check: seconds, but for `retries`. */
const HEALTH_CHECK = {
  interval: [5, 300],
  timeout: [2, 60],
  retries: [1, 10],
  startPeriod: [0, 300],
} as const;

function healthCheckProblems(props: unknown): (string | undefined)[] {
  const list = containersOf(props);
  if (!Array.isArray(list)) return [];
  return list.flatMap((container, index) => {
    const check: unknown = isMap(container) ? (container as Container)["healthCheck"] : undefined;
    if (!isMap(check)) return [];
    const label = `containerDefinitions[${index}].healthCheck`;
    const { command, ...numbers } = check as Container;
    const [first, ...rest] = Array.isArray(command) ? (command as unknown[]) : [];
    return [
      first === "NONE" || ((first === "CMD" || first === "CMD-SHELL") && rest.length > 0)
        ? undefined
        : `${label}.command begins with neither "CMD" nor "CMD-SHELL", or has nothing after it; AWS allows commands such as ["CMD-SHELL", "curl -f http://localhost/"]`,
      ...Object.entries(HEALTH_CHECK).map(([name, [from, to]]) => {
        const value = numbers[name];
        return typeof value === "number" && (value < from || value > to)
          ? `${label}.${name} is ${value}; AWS allows ${from} to ${to}`
          : undefined;
      }),
    ];
  });
}

function isOfFargate(props: unknown): boolean {
  const launchTypes = readList(props, ["requiresCompatibilities"]);
  return isList(launchTypes) && launchTypes.some((one) => text(one) === "FARGATE");
}

/** ECS uses the execution role for what it does before a task runs. */
function executionProblems(props: unknown): (string | undefined)[] {
  const list = containersOf(props);
  if (list === undefined || typeof list === "string" || isSet(props, "executionRoleArn")) return [];
  const reasons = objectsIn(list).flatMap(({ image, logConfiguration, secrets }) => [
    ...(Array.isArray(secrets) && secrets.length > 0 ? ["secrets"] : []),
    ...(isOfFargate(props) &&
    isMap(logConfiguration) &&
    (logConfiguration as Container)["logDriver"] === "awslogs"
      ? ["the awslogs driver on Fargate"]
      : []),
    ...(isOfFargate(props) && typeof image === "string" && /\.dkr\.ecr[.-]/.test(image)
      ? ["ECR images on Fargate"]
      : []),
  ]);
  return reasons.length === 0
    ? []
    : [`executionRoleArn is not set; AWS requires it for ${[...new Set(reasons)].join(" and ")}`];
}

/** At most a day. */
const BAKE_TIME = expecting(between(0, 1_440, "0 to 1440 minutes"));

/** A percentage of traffic, in steps of a tenth. */
const percentage = (least: number): Limit =>
  expecting({
    accepts: (value) => {
      const tenths = Number(value) * 10;
      return Math.abs(tenths - Math.round(tenths)) < 1e-6 && tenths >= least * 10 && tenths <= 1_000;
    },
    allowed: `${least} to 100, with at most one decimal place`,
    vocabulary: /^-?\d{1,9}(\.\d{1,9})?$/,
  });

/** The strategies that shift traffic in steps, and the blocks that configure them. */
const STEPS = { CANARY: "canaryConfiguration", LINEAR: "linearConfiguration" } as const;

/** A service's deployment: times, percentages, and no configuration of a strategy other than its own. */
function strategyProblems(props: unknown): (string | undefined)[] {
  const place = "deploymentConfiguration";
  const configuration = read(props, [place]);
  if (configuration.kind !== "known") return [];
  const given = read(configuration.value, ["strategy"]);
  const strategy = given.kind === "absent" ? "ROLLING" : text(given);
  return [
    ...each(
      [
        "bakeTimeInMinutes",
        "canaryConfiguration.canaryBakeTimeInMinutes",
        "linearConfiguration.stepBakeTimeInMinutes",
      ].map((path) => `${place}.${path}`),
      BAKE_TIME,
    )(props),
    ...each([`${place}.canaryConfiguration.canaryPercent`], percentage(0.1))(props),
    ...each([`${place}.linearConfiguration.stepPercent`], percentage(3))(props),
    ...Object.entries(STEPS).map(([own, block]) =>
      strategy !== undefined && strategy !== own && read(configuration.value, [block]).kind !== "absent"
        ? `${place}.${block} is set, but strategy is not "${own}"; AWS allows it only with "${own}"`
        : undefined,
    ),
  ];
}

/** Tasks, services and clusters of ECS. */
export const CONTAINERS = {
  containers: {
    types: TASK_DEFINITION,
    problems: containerProblems,
    example: {
      family: "store",
      containerDefinitions: JSON.stringify([{ name: "web", image: "nginx", memory: 256 }]),
    },
    source: `${API}/API_ContainerDefinition.html`,
  },
  "container-health-check": {
    types: TASK_DEFINITION,
    problems: healthCheckProblems,
    example: {
      family: "store",
      containerDefinitions: JSON.stringify([
        {
          name: "web",
          image: "nginx",
          memory: 256,
          healthCheck: { command: ["CMD-SHELL", "curl -f http://localhost/"], interval: 10 },
        },
      ]),
    },
    source: `${API}/API_HealthCheck.html`,
  },
  "task-family": {
    types: TASK_DEFINITION,
    problems: each(["family"], NAME),
    example: { family: "store" },
    source: `${API}/API_RegisterTaskDefinition.html`,
  },
  "task-execution-role": {
    types: TASK_DEFINITION,
    problems: executionProblems,
    example: { family: "store", executionRoleArn: "arn:aws:iam::123456789012:role/store-execution" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
  },
  "task-storage": {
    types: TASK_DEFINITION,
    problems: (props) => [
      ...each(["ephemeralStorage.sizeInGib"], expecting(between(21, 200)))(props),
      ...(isOfFargate(props) ? readEach(props, "volumes.*.hostPath") : []).map(({ label, reading }) =>
        text(reading) === undefined || text(reading) === ""
          ? undefined
          : `${label} is set; Fargate does not allow host volumes`,
      ),
    ],
    example: { family: "store", ephemeralStorage: { sizeInGib: 30 } },
    source: `${API}/API_RegisterTaskDefinition.html`,
  },
  "service-kind": {
    types: ECS_SERVICE,
    problems: (props) => {
      const launch = isSet(props, "launchType") ? text(read(props, ["launchType"])) : undefined;
      return [
        launch === "FARGATE" && text(read(props, ["schedulingStrategy"])) === "DAEMON"
          ? 'schedulingStrategy is "DAEMON", but launchType is "FARGATE"; AWS allows it only on container instances'
          : undefined,
        launch === "FARGATE" && isSet(props, "orderedPlacementStrategies")
          ? 'orderedPlacementStrategies is set, but launchType is "FARGATE"; AWS allows it only on container instances'
          : undefined,
        launch === "EC2" && isTrue(read(props, ["networkConfiguration", "assignPublicIp"]))
          ? 'networkConfiguration.assignPublicIp is true, but launchType is "EC2"; AWS allows it only with Fargate'
          : undefined,
      ];
    },
    example: { taskDefinition: "store:7", launchType: "FARGATE", schedulingStrategy: "REPLICA" },
    source: `${API}/API_CreateService.html`,
  },
  "service-port": {
    types: ECS_SERVICE,
    problems: each(["loadBalancers.*.containerPort"], expecting(between(0, 65_535))),
    example: { taskDefinition: "store:7", loadBalancers: [{ containerName: "web", containerPort: 8080 }] },
    source: `${API}/API_LoadBalancer.html`,
  },
  "deployment-strategy": {
    types: ECS_SERVICE,
    problems: strategyProblems,
    example: {
      taskDefinition: "store:7",
      deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: "10" },
    },
    source: `${API}/API_DeploymentConfiguration.html`,
  },
  "image-lifecycle": {
    types: IMAGE_LIFECYCLE,
    problems: each(
      ["policy"],
      expecting({
        // An object may contain rules that aren't known yet.
        accepts: (policy) =>
          isMap(policy)
            ? isSet(policy, "rules")
            : Array.isArray((jsonOf(policy) as { rules?: unknown } | undefined)?.rules),
        allowed: "JSON or an object with a list of rules",
      }),
    ),
    example: { policy: '{"rules": []}' },
    source: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html",
  },
  "service-name": {
    types: ECS_SERVICE,
    problems: each(["name"], NAME),
    example: { name: "store", taskDefinition: "store:7" },
    source: `${API}/API_CreateService.html`,
  },
  "service-launch": {
    types: ECS_SERVICE,
    problems: needs("at most one", ["launchType", "capacityProviderStrategies"]),
    example: { taskDefinition: "store:7", launchType: "FARGATE" },
    source: `${API}/API_CreateService.html`,
  },
  "capacity-provider-name": {
    types: CAPACITY_PROVIDER,
    problems: each(
      ["name"],
      all(
        NAME,
        form((name) => !/^(aws|ecs|fargate)/i.test(name), 'not beginning with "aws", "ecs" or "fargate"'),
      ),
    ),
    example: { name: "store" },
    source: `${API}/API_CreateCapacityProvider.html`,
  },
  "cluster-name": {
    types: ECS_CLUSTER,
    problems: each(["name"], NAME),
    example: { name: "store" },
    source: `${API}/API_CreateCluster.html`,
  },
} satisfies Readonly<Record<string, Line>>;
