import type { Value, Values } from "../../../packages/rehearse/values";
import { append, at, attributes, isObject, listOf, type Mappings, named, rename, without } from "./mapping";

/**
 * Attributes of load balancers.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancingv2-loadbalancer-loadbalancerattribute.html
 */
const BALANCER_ATTRIBUTES = {
  enableDeletionProtection: "deletion_protection.enabled",
  enableCrossZoneLoadBalancing: "load_balancing.cross_zone.enabled",
  "accessLogs.enabled": "access_logs.s3.enabled",
  "accessLogs.bucket": "access_logs.s3.bucket",
  "accessLogs.prefix": "access_logs.s3.prefix",
  "connectionLogs.enabled": "connection_logs.s3.enabled",
  "connectionLogs.bucket": "connection_logs.s3.bucket",
  "connectionLogs.prefix": "connection_logs.s3.prefix",
  "healthCheckLogs.enabled": "health_check_logs.s3.enabled",
  "healthCheckLogs.bucket": "health_check_logs.s3.bucket",
  "healthCheckLogs.prefix": "health_check_logs.s3.prefix",
  idleTimeout: "idle_timeout.timeout_seconds",
  clientKeepAlive: "client_keep_alive.seconds",
  desyncMitigationMode: "routing.http.desync_mitigation_mode",
  dropInvalidHeaderFields: "routing.http.drop_invalid_header_fields.enabled",
  enableHttp2: "routing.http2.enabled",
  preserveHostHeader: "routing.http.preserve_host_header.enabled",
  enableTlsVersionAndCipherSuiteHeaders: "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
  enableXffClientPort: "routing.http.xff_client_port.enabled",
  xffHeaderProcessingMode: "routing.http.xff_header_processing.mode",
  enableWafFailOpen: "waf.fail_open.enabled",
  enableZonalShift: "zonal_shift.config.enabled",
  dnsRecordClientRoutingPolicy: "dns_record.client_routing_policy",
};

/**
 * Attributes of target groups.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancingv2-targetgroup-targetgroupattribute.html
 */
const TARGET_GROUP_ATTRIBUTES = {
  deregistrationDelay: "deregistration_delay.timeout_seconds",
  connectionTermination: "deregistration_delay.connection_termination.enabled",
  slowStart: "slow_start.duration_seconds",
  loadBalancingAlgorithmType: "load_balancing.algorithm.type",
  loadBalancingAnomalyMitigation: "load_balancing.algorithm.anomaly_mitigation",
  loadBalancingCrossZoneEnabled: "load_balancing.cross_zone.enabled",
  preserveClientIp: "preserve_client_ip.enabled",
  proxyProtocolV2: "proxy_protocol_v2.enabled",
  lambdaMultiValueHeadersEnabled: "lambda.multi_value_headers.enabled",
  "stickiness.enabled": "stickiness.enabled",
  "stickiness.type": "stickiness.type",
  "targetGroupHealth.dnsFailover.minimumHealthyTargetsCount":
    "target_group_health.dns_failover.minimum_healthy_targets.count",
  "targetGroupHealth.dnsFailover.minimumHealthyTargetsPercentage":
    "target_group_health.dns_failover.minimum_healthy_targets.percentage",
  "targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsCount":
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
  "targetGroupHealth.unhealthyStateRouting.minimumHealthyTargetsPercentage":
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
};

const STICKINESS = {
  lb_cookie: { "stickiness.cookieDuration": "stickiness.lb_cookie.duration_seconds" },
  app_cookie: {
    "stickiness.cookieDuration": "stickiness.app_cookie.duration_seconds",
    "stickiness.cookieName": "stickiness.app_cookie.cookie_name",
  },
};

/**
 * Attributes of listeners for which Pulumi has properties.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancingv2-listener-listenerattribute.html
 */
const LISTENER_ATTRIBUTES = {
  tcpIdleTimeoutSeconds: "tcp.idle_timeout.seconds",
  routingHttpResponseServerEnabled: "routing.http.response.server.enabled",
  routingHttpResponseStrictTransportSecurityHeaderValue:
    "routing.http.response.strict_transport_security.header_value",
  routingHttpResponseContentSecurityPolicyHeaderValue:
    "routing.http.response.content_security_policy.header_value",
  routingHttpResponseXContentTypeOptionsHeaderValue:
    "routing.http.response.x_content_type_options.header_value",
  routingHttpResponseXFrameOptionsHeaderValue: "routing.http.response.x_frame_options.header_value",
};

function topLevel(keys: Readonly<Record<string, string>>): string[] {
  return [...new Set(Object.keys(keys).map((path) => path.split(".")[0] ?? ""))];
}

function loadBalancer(inputs: Values): Values {
  const { internal, loadBalancerType } = inputs;
  const LoadBalancerAttributes = attributes(inputs, BALANCER_ATTRIBUTES);
  return {
    ...without(inputs, "internal", "loadBalancerType", ...topLevel(BALANCER_ATTRIBUTES)),
    ...(loadBalancerType === undefined ? {} : { Type: loadBalancerType }),
    ...(internal === undefined
      ? {}
      : { Scheme: internal === true || internal === "true" ? "internal" : "internet-facing" }),
    ...(LoadBalancerAttributes.length === 0 ? {} : { LoadBalancerAttributes }),
  };
}

function targetGroup(inputs: Values): Values {
  const { healthCheck, protocolVersion } = inputs;
  const type = at(inputs, "stickiness", "type");
  const stickiness = type === "lb_cookie" || type === "app_cookie" ? STICKINESS[type] : {};
  const keys: Record<string, string> = { ...TARGET_GROUP_ATTRIBUTES, ...stickiness };
  const TargetGroupAttributes = attributes(inputs, keys);
  const matcher = at(healthCheck, "matcher");
  const code = protocolVersion === "GRPC" ? "GrpcCode" : "HttpCode";
  const health = isObject(healthCheck)
    ? rename(without(healthCheck, "matcher"), {
        enabled: "HealthCheckEnabled",
        interval: "HealthCheckIntervalSeconds",
        path: "HealthCheckPath",
        port: "HealthCheckPort",
        protocol: "HealthCheckProtocol",
        timeout: "HealthCheckTimeoutSeconds",
        healthyThreshold: "HealthyThresholdCount",
        unhealthyThreshold: "UnhealthyThresholdCount",
      })
    : {};
  return {
    ...without(inputs, "healthCheck", "stickiness", ...topLevel(TARGET_GROUP_ATTRIBUTES)),
    ...health,
    ...(matcher === undefined ? {} : { Matcher: { [code]: matcher } }),
    ...(TargetGroupAttributes.length === 0 ? {} : { TargetGroupAttributes }),
  };
}

function action(given: Value): Value {
  if (!isObject(given)) return given;
  const forward = given["forward"];
  return {
    ...rename(without(given, "forward"), {
      redirect: "RedirectConfig",
      fixedResponse: "FixedResponseConfig",
      jwtValidation: "JwtValidationConfig",
      authenticateCognito: "AuthenticateCognitoConfig",
      authenticateOidc: "AuthenticateOidcConfig",
    }),
    ...(isObject(forward)
      ? {
          ForwardConfig: {
            TargetGroups: listOf(forward["targetGroups"]).map((group) =>
              isObject(group) ? rename(group, { arn: "TargetGroupArn" }) : group,
            ),
            ...(isObject(forward["stickiness"])
              ? {
                  TargetGroupStickinessConfig: rename(forward["stickiness"], { duration: "DurationSeconds" }),
                }
              : {}),
          },
        }
      : {}),
  };
}

function listener(inputs: Values): Values {
  const { certificateArn, defaultActions } = inputs;
  const ListenerAttributes = attributes(inputs, LISTENER_ATTRIBUTES);
  return {
    ...without(inputs, "certificateArn", "defaultActions", ...topLevel(LISTENER_ATTRIBUTES)),
    ...(certificateArn === undefined || certificateArn === null
      ? {}
      : { Certificates: [{ CertificateArn: certificateArn }] }),
    ...(Array.isArray(defaultActions) ? { DefaultActions: defaultActions.map(action) } : {}),
    ...(ListenerAttributes.length === 0 ? {} : { ListenerAttributes }),
  };
}

/** The names of a rule's conditions: Pulumi's property, CloudFormation's field and property. */
const CONDITIONS: Readonly<Record<string, readonly [string, string]>> = {
  hostHeader: ["host-header", "HostHeaderConfig"],
  httpHeader: ["http-header", "HttpHeaderConfig"],
  httpRequestMethod: ["http-request-method", "HttpRequestMethodConfig"],
  pathPattern: ["path-pattern", "PathPatternConfig"],
  queryStrings: ["query-string", "QueryStringConfig"],
  sourceIp: ["source-ip", "SourceIpConfig"],
};

function condition(given: Value): Value[] {
  if (!isObject(given)) return [given];
  return Object.entries(given).flatMap(([key, value]): Value[] => {
    const [Field, property] = CONDITIONS[key] ?? [key, key];
    return value === null ? [] : [{ Field, [property]: key === "queryStrings" ? { Values: value } : value }];
  });
}

function listenerRule(inputs: Values): Values {
  const { actions, conditions } = inputs;
  return {
    ...without(inputs, "actions", "conditions"),
    ...(Array.isArray(actions) ? { Actions: actions.map(action) } : {}),
    ...(Array.isArray(conditions) ? { Conditions: conditions.flatMap(condition) } : {}),
  };
}

function classicBalancer(inputs: Values): Values {
  const { internal, listeners, idleTimeout, connectionDraining, accessLogs } = inputs;
  const timeout = inputs["connectionDrainingTimeout"];
  return {
    ...rename(
      without(
        inputs,
        "internal",
        "listeners",
        "idleTimeout",
        "connectionDraining",
        "connectionDrainingTimeout",
        "accessLogs",
      ),
      { name: "LoadBalancerName", crossZoneLoadBalancing: "CrossZone" },
    ),
    ...(internal === true ? { Scheme: "internal" } : {}),
    ...(idleTimeout === undefined ? {} : { ConnectionSettings: { IdleTimeout: idleTimeout } }),
    ...(connectionDraining === undefined
      ? {}
      : {
          ConnectionDrainingPolicy: {
            Enabled: connectionDraining,
            ...(timeout === undefined ? {} : { Timeout: timeout }),
          },
        }),
    ...(isObject(accessLogs)
      ? {
          AccessLoggingPolicy: rename(
            { enabled: true, ...accessLogs },
            { interval: "EmitInterval", bucket: "S3BucketName", bucketPrefix: "S3BucketPrefix" },
          ),
        }
      : {}),
    Listeners: listOf(listeners).map((each) =>
      isObject(each)
        ? rename(each, {
            lbPort: "LoadBalancerPort",
            lbProtocol: "Protocol",
            sslCertificateId: "SSLCertificateId",
          })
        : each,
    ),
  };
}

/** Sets a policy on the listener on a port of a Classic Load Balancer. */
function giveToListener(balancer: Values, port: Value | undefined, names: readonly Value[]): void {
  for (const each of listOf(balancer["Listeners"])) {
    if (isObject(each) && Number(each["LoadBalancerPort"]) === Number(port))
      append(each, "PolicyNames", ...names);
  }
}

const NAMES = {
  elbv2: ["lb", "alb", "elasticloadbalancingv2", "applicationloadbalancing"],
  classic: ["elb", "elasticloadbalancing"],
};

function tokens(modules: readonly string[], type: string): string[] {
  const [first = "", ...rest] = type;
  return modules.map((module) => `aws:${module}/${first.toLowerCase()}${rest.join("")}:${type}`);
}

export const balancing: Mappings = {
  ...named(tokens(NAMES.elbv2, "LoadBalancer"), {
    type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    outputs: {
      id: "Ref",
      arn: "Ref",
      arnSuffix: "LoadBalancerFullName",
      dnsName: "DNSName",
      zoneId: "CanonicalHostedZoneID",
    },
    shape: loadBalancer,
  }),
  ...named(tokens(NAMES.elbv2, "TargetGroup"), {
    type: "AWS::ElasticLoadBalancingV2::TargetGroup",
    outputs: { id: "Ref", arn: "Ref", arnSuffix: "TargetGroupFullName", name: "TargetGroupName" },
    shape: targetGroup,
  }),
  ...named(tokens(NAMES.elbv2, "Listener"), {
    type: "AWS::ElasticLoadBalancingV2::Listener",
    outputs: { id: "Ref", arn: "Ref" },
    shape: listener,
  }),
  ...named(tokens(NAMES.elbv2, "ListenerRule"), {
    type: "AWS::ElasticLoadBalancingV2::ListenerRule",
    outputs: { id: "Ref", arn: "Ref" },
    shape: listenerRule,
  }),
  ...named(tokens(NAMES.elbv2, "ListenerCertificate"), {
    type: "AWS::ElasticLoadBalancingV2::ListenerCertificate",
    shape: ({ listenerArn = null, certificateArn = null }) => ({
      listenerArn,
      Certificates: [{ CertificateArn: certificateArn }],
    }),
  }),
  ...named(tokens(NAMES.elbv2, "TrustStore"), {
    type: "AWS::ElasticLoadBalancingV2::TrustStore",
    outputs: { id: "TrustStoreArn", arn: "TrustStoreArn" },
  }),
  ...named(tokens(NAMES.elbv2, "TargetGroupAttachment"), {
    shape: ({ targetGroupArn, targetId = null, port, availabilityZone }, owner) => {
      const group = owner(targetGroupArn);
      if (group === undefined) return undefined;
      append(group, "Targets", {
        Id: targetId,
        ...(port === undefined ? {} : { Port: port }),
        ...(availabilityZone === undefined ? {} : { AvailabilityZone: availabilityZone }),
      });
      return [];
    },
  }),
  ...named(tokens(NAMES.classic, "LoadBalancer"), {
    type: "AWS::ElasticLoadBalancing::LoadBalancer",
    outputs: { id: "Ref", name: "Ref", dnsName: "DNSName", zoneId: "CanonicalHostedZoneNameID" },
    shape: classicBalancer,
  }),
  ...named(tokens(NAMES.classic, "LoadBalancerPolicy"), {
    shape: ({ loadBalancerName, policyName = null, policyTypeName = null, policyAttributes }, owner) => {
      const balancer = owner(loadBalancerName);
      if (balancer === undefined) return undefined;
      append(balancer, "Policies", {
        PolicyName: policyName,
        PolicyType: policyTypeName,
        Attributes: listOf(policyAttributes).map((each) =>
          isObject(each) ? rename(each, { name: "Name", value: "Value" }) : each,
        ),
      });
      return [];
    },
  }),
  ...named(tokens(NAMES.classic, "ListenerPolicy"), {
    shape: ({ loadBalancerName, loadBalancerPort, policyNames }, owner) => {
      const balancer = owner(loadBalancerName);
      if (balancer === undefined) return undefined;
      giveToListener(balancer, loadBalancerPort, listOf(policyNames));
      return [];
    },
  }),
  ...named(tokens(NAMES.classic, "SslNegotiationPolicy"), {
    shape: ({ loadBalancer: name, lbPort, name: policy = "tls", attributes: given }, owner) => {
      const balancer = owner(name);
      if (balancer === undefined) return undefined;
      append(balancer, "Policies", {
        PolicyName: policy,
        PolicyType: "SSLNegotiationPolicyType",
        Attributes: listOf(given).map((each) =>
          isObject(each) ? rename(each, { name: "Name", value: "Value" }) : each,
        ),
      });
      giveToListener(balancer, lbPort, [policy]);
      return [];
    },
  }),
};
