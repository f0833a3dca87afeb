/** Auto Scaling, ECS, EKS, Lambda, API Gateway, queues, topics, alarms, logs. */
import { CREATED } from "../fill";
import { hex, lower, upper, uuid } from "../hash";
import { arned, type Draft, joined, type Model, type Models, named } from "./draft";

/** Auto Scaling ARNs have a UUID and, under a group, the group's name. */
function scalingArn(draft: Draft, kind: string, rest: string): string {
  return draft.arn("autoscaling", `${kind}:${uuid(draft.salted("arn"))}:${rest}`);
}

const group = named(
  (draft, name) => scalingArn(draft, "autoScalingGroup", `autoScalingGroupName/${name}`),
  (draft) => ({
    // Without a desired capacity AWS starts at the minimum.
    desiredCapacity: draft.inputs["desiredCapacity"] ?? draft.inputs["minSize"],
    defaultCooldown: draft.inputs["defaultCooldown"] ?? 300,
    healthCheckType: draft.text("healthCheckType") ?? "EC2",
    // A group has only one of the two.
    launchTemplate: draft.object("launchTemplate") ?? null,
    mixedInstancesPolicy: draft.object("mixedInstancesPolicy") ?? null,
    instanceLifecyclePolicy: draft.object("instanceLifecyclePolicy") ?? null,
    serviceLinkedRoleArn:
      draft.text("serviceLinkedRoleArn") ??
      draft.globalArn("iam", "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"),
  }),
);

const fifo = (draft: Draft, flag: string): string =>
  draft.flag(flag) && !draft.physicalName.endsWith(".fifo")
    ? `${draft.physicalName}.fifo`
    : draft.physicalName;

const topic = arned(
  (draft) => draft.arn("sns", fifo(draft, "fifoTopic")),
  (draft, arn) => ({ name: arn.slice(arn.lastIndexOf(":") + 1), owner: draft.accountId }),
);

/** A queue's id is its URL. */
const queue: Model = {
  id: (draft) =>
    `https://sqs.${draft.region}.${draft.dnsSuffix}/${draft.accountId}/${fifo(draft, "fifoQueue")}`,
  outputs: (draft, url) => {
    const name = url.slice(url.lastIndexOf("/") + 1);
    return { url, name, arn: draft.arn("sqs", name), kmsDataKeyReusePeriodSeconds: 300 };
  },
};

/** The ARN by which API Gateway invokes a function. */
const invokeArn = (draft: Draft, arn: string): string =>
  `arn:${draft.partition}:apigateway:${draft.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;

const lambda = named(
  (draft, name) => draft.arn("lambda", `function:${name}`),
  (draft, name) => {
    const arn = draft.arn("lambda", `function:${name}`);
    const version = draft.flag("publish") ? "1" : "$LATEST";
    return {
      invokeArn: invokeArn(draft, arn),
      qualifiedArn: `${arn}:${version}`,
      qualifiedInvokeArn: invokeArn(draft, `${arn}:${version}`),
      version,
      lastModified: CREATED.replace("Z", ".000+0000"),
      architectures: draft.inputs["architectures"] ?? ["x86_64"],
      codeSha256: draft.text("codeSha256") ?? Buffer.from(hex(draft.seed, 64), "hex").toString("base64"),
      // Neither is signed.
      signingJobArn: "",
      signingProfileVersionArn: "",
    };
  },
);

const functionUrl: Model = {
  id: (draft) => draft.text("functionName") ?? draft.name,
  outputs: (draft) => {
    const urlId = lower(draft.salted("url"), 32);
    return { urlId, functionUrl: `https://${urlId}.lambda-url.${draft.region}.on.aws/` };
  },
};

const alarm = named((draft, name) => draft.arn("cloudwatch", `alarm:${name}`));

const dashboard: Model = {
  id: (draft) => draft.text("dashboardName") ?? draft.name,
  outputs: (draft, name) => ({ dashboardArn: draft.globalArn("cloudwatch", `dashboard/${name}`) }),
};

const httpApi: Model = {
  id: (draft) => lower(draft.salted("id"), 10),
  outputs: (draft, id) => ({
    arn: draft.arn("apigateway", `/apis/${id}`).replace(`:${draft.accountId}:`, "::"),
    apiEndpoint: `https://${id}.execute-api.${draft.region}.${draft.dnsSuffix}`,
    executionArn: draft.arn("execute-api", id),
  }),
};

const restApi: Model = {
  id: (draft) => lower(draft.salted("id"), 10),
  outputs: (draft, id) => ({
    name: draft.physicalName,
    arn: draft.arn("apigateway", `/restapis/${id}`).replace(`:${draft.accountId}:`, "::"),
    executionArn: draft.arn("execute-api", id),
    rootResourceId: lower(`${id} root`, 10),
    createdDate: CREATED,
  }),
};

/** The protocols and ports of ActiveMQ. */
const ACTIVE_MQ = [
  ["ssl", 61617],
  ["amqp+ssl", 5671],
  ["stomp+ssl", 61614],
  ["mqtt+ssl", 8883],
  ["wss", 61619],
] as const;

/**
 * An Amazon MQ broker. Programs use the first instance's endpoint; RabbitMQ has one for all its nodes.
 * Source: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/working-with-activemq.html and working-with-rabbitmq.html
 */
const broker: Model = {
  id: (draft) => `b-${uuid(draft.salted("id"))}`,
  outputs: (draft, id) => {
    const isRabbit = draft.text("engineType")?.toLowerCase() === "rabbitmq";
    const isPair = draft.text("deploymentMode") === "ACTIVE_STANDBY_MULTI_AZ";
    const names = isRabbit ? [id] : isPair ? [`${id}-1`, `${id}-2`] : [`${id}-1`];
    return {
      arn: draft.arn("mq", `broker:${draft.text("brokerName") ?? draft.name}:${id}`),
      instances: names.map((name, nth) => {
        const host = `${name}.mq.${draft.region}.${draft.dnsSuffix}`;
        const endpoints = ACTIVE_MQ.map(([protocol, port]) => `${protocol}://${host}:${port}`);
        return isRabbit
          ? { consoleUrl: `https://${host}`, endpoints: [`amqps://${host}:5671`], ipAddress: "" }
          : { consoleUrl: `https://${host}:8162`, endpoints, ipAddress: `10.0.${nth}.10` };
      }),
    };
  },
};

/** The last part of a cluster's ARN, or the name itself. */
const clusterName = (draft: Draft): string => (draft.text("cluster") ?? "default").replace(/^.*\//, "");

/** VPC Lattice resources have ids of a length that its API requires. */
function lattice(prefix: string, kind: string): Model {
  return {
    id: (draft) => `${prefix}-${draft.hex(17, "id")}`,
    outputs: (draft, id) => ({ arn: draft.arn("vpc-lattice", `${kind}/${id}`) }),
  };
}

/** Models of resources that run, scale, queue or report. */
export const computeAndMessaging: Models = {
  "autoscaling/group": group,
  "autoscaling/policy": {
    id: (draft) => draft.physicalName,
    outputs: (draft, name) => {
      const owner = draft.text("autoscalingGroupName") ?? "";
      return {
        name,
        arn: scalingArn(draft, "scalingPolicy", `autoScalingGroupName/${owner}:policyName/${name}`),
      };
    },
  },
  "autoscaling/schedule": {
    id: (draft) => draft.text("scheduledActionName") ?? draft.name,
    outputs: (draft, name) => {
      const owner = draft.text("autoscalingGroupName") ?? "";
      const rest = `autoScalingGroupName/${owner}:scheduledActionName/${name}`;
      return { arn: scalingArn(draft, "scheduledUpdateGroupAction", rest) };
    },
  },
  "autoscaling/attachment": joined("-", "autoscalingGroupName", "lbTargetGroupArn", "elb"),
  "autoscaling/lifecycleHook": named(() => undefined),
  "appautoscaling/target": {
    id: (draft) => draft.text("resourceId") ?? draft.name,
    outputs: (draft) => ({
      arn: draft.arn("application-autoscaling", `scalable-target/${draft.hex(34, "arn")}`),
    }),
  },
  "cloudwatch/metricAlarm": alarm,
  "cloudwatch/compositeAlarm": {
    id: (draft) => draft.text("alarmName") ?? draft.name,
    outputs: (draft, name) => ({ arn: draft.arn("cloudwatch", `alarm:${name}`) }),
  },
  "cloudwatch/dashboard": dashboard,
  "cloudwatch/logGroup": named(
    (draft, name) => draft.arn("logs", `log-group:${name}`),
    (draft) => ({ logGroupClass: draft.text("logGroupClass") ?? "STANDARD" }),
  ),
  "cloudwatch/logStream": named((draft, name) =>
    draft.arn("logs", `log-group:${draft.text("logGroupName") ?? ""}:log-stream:${name}`),
  ),
  "cloudwatch/eventRule": named((draft, name) => {
    const bus = draft.text("eventBusName") ?? "default";
    return draft.arn("events", `rule/${bus === "default" ? "" : `${bus}/`}${name}`);
  }),
  "cloudwatch/eventBus": named((draft, name) => draft.arn("events", `event-bus/${name}`)),
  "cloudwatch/eventTarget": joined("-", "rule", "targetId"),
  "sns/topic": topic,
  "sns/topicPolicy": joined("", "arn"),
  "sns/topicSubscription": arned((draft) => {
    return `${draft.text("topic") ?? draft.arn("sns", draft.name)}:${uuid(draft.salted("arn"))}`;
  }),
  "sqs/queue": queue,
  "sqs/queuePolicy": joined("", "queueUrl"),
  "lambda/function": lambda,
  "lambda/functionUrl": functionUrl,
  "lambda/permission": { id: (draft) => draft.text("statementId") ?? draft.name },
  "lambda/alias": {
    id: (draft) => draft.arn("lambda", `function:${draft.text("functionName") ?? ""}:${draft.physicalName}`),
    outputs: (draft, arn) => ({ arn, name: draft.physicalName, invokeArn: invokeArn(draft, arn) }),
  },
  "lambda/layerVersion": arned(
    (draft) => draft.arn("lambda", `layer:${draft.text("layerName") ?? draft.name}:1`),
    (_, arn) => ({ layerArn: arn.replace(/:\d+$/, ""), version: "1", createdDate: CREATED }),
  ),
  "lambda/eventSourceMapping": {
    id: (draft) => uuid(draft.salted("id")),
    outputs: (draft, id) => ({
      uuid: id,
      arn: draft.arn("lambda", `event-source-mapping:${id}`),
      state: "Enabled",
    }),
  },
  "ecs/cluster": arned(
    (draft) => draft.arn("ecs", `cluster/${draft.physicalName}`),
    (_, arn) => ({ name: arn.slice(arn.lastIndexOf("/") + 1) }),
  ),
  "ecs/service": arned(
    (draft) => draft.arn("ecs", `service/${clusterName(draft)}/${draft.physicalName}`),
    (draft, arn) => ({
      name: arn.slice(arn.lastIndexOf("/") + 1),
      launchType: draft.text("launchType") ?? "EC2",
      cluster: draft.text("cluster") ?? draft.arn("ecs", "cluster/default"),
    }),
  ),
  "ecs/taskDefinition": {
    id: (draft) => draft.text("family") ?? draft.name,
    outputs: (draft, family) => ({
      family,
      arn: draft.arn("ecs", `task-definition/${family}:1`),
      arnWithoutRevision: draft.arn("ecs", `task-definition/${family}`),
      revision: 1,
    }),
  },
  "eks/cluster": named(
    (draft, name) => draft.arn("eks", `cluster/${name}`),
    (draft) => {
      const id = draft.hex(32, "endpoint").toUpperCase();
      const region = `${draft.region}.eks.${draft.dnsSuffix}`;
      const vpcConfig = draft.object("vpcConfig");
      return {
        endpoint: `https://${id}.gr7.${region}`,
        vpcConfig: vpcConfig && { ...vpcConfig, clusterSecurityGroupId: `sg-${draft.hex(17, "group")}` },
        certificateAuthority: { data: Buffer.from(`certificate of ${draft.name}`).toString("base64") },
        identities: [{ oidcs: [{ issuer: `https://oidc.eks.${draft.region}.${draft.dnsSuffix}/id/${id}` }] }],
        createdAt: CREATED,
        status: "ACTIVE",
        version: draft.text("version") ?? "1.33",
      };
    },
  ),
  "eks/nodeGroup": {
    id: (draft) => `${draft.text("clusterName") ?? ""}:${draft.text("nodeGroupName") ?? draft.name}`,
    outputs: (draft, id) => {
      const own = `${id.slice(id.indexOf(":") + 1)}-${uuid(draft.salted("group"))}`;
      return {
        arn: draft.arn("eks", `nodegroup/${id.replace(":", "/")}/${uuid(draft.salted("arn"))}`),
        // The group that EKS creates for it.
        resources: [{ autoscalingGroups: [{ name: `eks-${own}` }], remoteAccessSecurityGroupId: "" }],
        status: "ACTIVE",
      };
    },
  },
  "apigatewayv2/api": httpApi,
  "apigatewayv2/stage": {
    id: (draft) => draft.physicalName,
    outputs: (draft, name) => {
      const api = draft.text("apiId") ?? "";
      const path = name === "$default" ? "" : name;
      return {
        name,
        arn: draft.arn("apigateway", `/apis/${api}/stages/${name}`).replace(`:${draft.accountId}:`, "::"),
        executionArn: draft.arn("execute-api", `${api}/${name}`),
        invokeUrl: `https://${api}.execute-api.${draft.region}.${draft.dnsSuffix}/${path}`,
      };
    },
  },
  "apigateway/restApi": restApi,
  "apigateway/stage": {
    id: (draft) => `ags-${draft.text("restApi") ?? ""}-${draft.text("stageName") ?? draft.name}`,
    outputs: (draft) => {
      const api = draft.text("restApi") ?? "";
      const stage = draft.text("stageName") ?? draft.name;
      return {
        arn: draft
          .arn("apigateway", `/restapis/${api}/stages/${stage}`)
          .replace(`:${draft.accountId}:`, "::"),
        executionArn: draft.arn("execute-api", `${api}/${stage}`),
        invokeUrl: `https://${api}.execute-api.${draft.region}.${draft.dnsSuffix}/${stage}`,
      };
    },
  },
  "sfn/stateMachine": arned(
    (draft) => draft.arn("states", `stateMachine:${draft.physicalName}`),
    (_, arn) => ({ name: arn.slice(arn.lastIndexOf(":") + 1), creationDate: CREATED, status: "ACTIVE" }),
  ),
  "cognito/userPool": {
    id: (draft) => `${draft.region}_${upper(draft.salted("id"), 9)}`,
    outputs: (draft, id) => ({
      name: draft.physicalName,
      arn: draft.arn("cognito-idp", `userpool/${id}`),
      endpoint: `cognito-idp.${draft.region}.${draft.dnsSuffix}/${id}`,
    }),
  },
  "cognito/userPoolClient": { id: (draft) => lower(draft.salted("id"), 26) },
  "mq/broker": broker,
  "ssm/maintenanceWindow": { id: (draft) => `mw-${draft.hex(17, "id")}` },
  "ssm/patchBaseline": { id: (draft) => `pb-${draft.hex(17, "id")}` },
  "transfer/server": { id: (draft) => `s-${draft.hex(17, "id")}` },
  "workmail/organization": {
    id: (draft) => `m-${draft.hex(32, "id")}`,
    outputs: (_, organizationId) => ({ organizationId }),
  },
  "vpclattice/service": lattice("svc", "service"),
  "vpclattice/serviceNetwork": lattice("sn", "servicenetwork"),
  "vpclattice/targetGroup": lattice("tg", "targetgroup"),
  "ssm/document": named((draft, name) => draft.arn("ssm", `document/${name}`)),
};
