// Application Load Balancers as documentation, modules and examples have them.
import { healthCheck } from "../parts";
import { aws, ids, store as storeOf, tgArgs, valid, vpc } from "../store";

{
  // The policy that AWS recommended for HTTPS listeners for years: TLS 1.2 and 1.3.
  const store = storeOf("aws-rp");
  store.https({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" });
  store.redirect();
  store.group();
}
{
  // example.com and www to www, by HTTPS, in one permanent redirect.
  const store = storeOf("redirect-tch");
  store.https();
  store.redirect({ host: "www.example.com" });
  store.group();
}
{
  // The path is all one says; the provider sends its defaults for the rest.
  const store = storeOf("health-cbd");
  const t = new aws.lb.TargetGroup("health-cbd-x", {
    vpcId: vpc.id,
    port: 8080,
    protocol: "HTTP",
    healthCheck: { path: "/healthz" },
  });
  store.https({ defaultActions: [{ type: "forward", targetGroupArn: t.arn }] });
  store.group({ targetGroupArns: [t.arn] });
}
{
  // All but the matcher, which is 200 by AWS's default.
  const store = storeOf("health-cwm");
  const { matcher: _, ...rest } = healthCheck;
  const t = new aws.lb.TargetGroup("health-cwm-x", { ...tgArgs, healthCheck: rest });
  store.https({ defaultActions: [{ type: "forward", targetGroupArn: t.arn }] });
  store.group({ targetGroupArns: [t.arn] });
}
{
  // Grpc.
  const store = storeOf("grpc");
  const t = new aws.lb.TargetGroup("grpc-grpc", {
    ...tgArgs,
    protocolVersion: "GRPC",
    healthCheck: { path: "/grpc.health.v1.Health/Check", matcher: "0" },
  });
  store.https({ defaultActions: [{ type: "forward", targetGroupArn: t.arn }] });
  store.group({ targetGroupArns: [t.arn] });
}
{
  // Websocket sticky.
  const store = storeOf("websocket-s");
  const t = new aws.lb.TargetGroup("websocket-s-ws", {
    ...tgArgs,
    stickiness: { type: "lb_cookie", cookieDuration: 3600, enabled: true },
    deregistrationDelay: 900,
  });
  store.https({ defaultActions: [{ type: "forward", targetGroupArn: t.arn }] });
  store.group({ targetGroupArns: [t.arn] });
}
{
  // Cognito auth.
  const store = storeOf("cognito-auth");
  store.https({
    defaultActions: [
      {
        type: "authenticate-cognito",
        authenticateCognito: {
          userPoolArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abc",
          userPoolClientId: "abc",
          userPoolDomain: "shop",
        },
      },
      { type: "forward", targetGroupArn: store.tg.arn },
    ],
  });
  store.group();
}
{
  // Internal https no policy.
  const store = storeOf("inner-hnp");
  const b = new aws.lb.LoadBalancer("inner-hnp-inner", {
    internal: true,
    subnets: ids,
    securityGroups: [store.appSg.id],
  });
  const t = new aws.lb.TargetGroup("inner-hnp-inner", { ...tgArgs, targetType: "ip" });
  new aws.lb.Listener("inner-hnp-inner", {
    loadBalancerArn: b.arn,
    port: 443,
    protocol: "HTTPS",
    certificateArn: valid.certificateArn,
    defaultActions: [{ type: "forward", targetGroupArn: t.arn }],
  });
}
{
  // Maintenance fixed response.
  const store = storeOf("maintenan-fr");
  const l = store.https();
  store.redirect();
  store.group();
  new aws.lb.ListenerRule("maintenan-fr-m", {
    listenerArn: l.arn,
    priority: 1,
    conditions: [{ pathPattern: { values: ["/admin/*"] } }],
    actions: [
      {
        type: "fixed-response",
        fixedResponse: { contentType: "text/html", statusCode: "503", messageBody: "<h1>later</h1>" },
      },
    ],
  });
}
{
  // Listener without protocol.
  const store = storeOf("listener-wp");
  store.https();
  store.group();
  new aws.lb.Listener("listener-wp-r", {
    loadBalancerArn: store.lb.arn,
    port: 80,
    defaultActions: [
      { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
    ],
  });
}
{
  // Http rule redirects host.
  const store = storeOf("http-rrh");
  store.https();
  store.group();
  const r = store.redirect();
  new aws.lb.ListenerRule("http-rrh-apex", {
    listenerArn: r.arn,
    priority: 1,
    conditions: [{ hostHeader: { values: ["example.com"] } }],
    actions: [
      {
        type: "redirect",
        redirect: {
          host: "www.example.com",
          protocol: "HTTPS",
          port: "443",
          path: "/",
          query: "",
          statusCode: "HTTP_301",
        },
      },
    ],
  });
}
{
  // Global accelerator.
  const store = storeOf("global-a");
  store.https();
  store.redirect();
  store.group();
  const a = new aws.globalaccelerator.Accelerator("global-a-a", { enabled: true });
  const l = new aws.globalaccelerator.Listener("global-a-a", {
    acceleratorArn: a.arn,
    protocol: "TCP",
    portRanges: [{ fromPort: 443, toPort: 443 }],
  });
  new aws.globalaccelerator.EndpointGroup("global-a-a", {
    listenerArn: l.arn,
    endpointConfigurations: [{ endpointId: store.lb.arn, weight: 100 }],
  });
}
{
  // Waf on alb.
  const store = storeOf("waf-on-alb");
  store.https();
  store.group();
  const acl = new aws.wafv2.WebAcl("waf-on-alb-w", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: "w" },
    rules: [],
  });
  new aws.wafv2.WebAclAssociation("waf-on-alb-w", { resourceArn: store.lb.arn, webAclArn: acl.arn });
}
{
  // Blue green two groups.
  const store = storeOf("blue-gtg");
  const g = new aws.lb.TargetGroup("blue-gtg-green", tgArgs);
  store.https({
    defaultActions: [
      {
        type: "forward",
        forward: {
          targetGroups: [
            { arn: store.tg.arn, weight: 100 },
            { arn: g.arn, weight: 0 },
          ],
        },
      },
    ],
  });
  store.redirect();
  store.group();
  new aws.autoscaling.Group("blue-gtg-green", { ...store.groupArgs, targetGroupArns: [g.arn] });
}
{
  // Slow check 5 min.
  const store = storeOf("slow-c5m");
  const t = new aws.lb.TargetGroup("slow-c5m-x", {
    ...tgArgs,
    healthCheck: { path: "/healthz", interval: 60, unhealthyThreshold: 5, timeout: 30 },
  });
  store.https({ defaultActions: [{ type: "forward", targetGroupArn: t.arn }] });
  store.group({ targetGroupArns: [t.arn] });
}
{
  // Redirect 302 and www rule.
  const store = storeOf("redirect-3awr");
  const l = store.https();
  store.group();
  store.redirect({ statusCode: "HTTP_302" });
  new aws.lb.ListenerRule("redirect-3awr-apex", {
    listenerArn: l.arn,
    priority: 1,
    conditions: [{ hostHeader: { values: ["example.com"] } }],
    actions: [
      {
        type: "redirect",
        redirect: { host: "www.example.com", protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
      },
    ],
  });
}
