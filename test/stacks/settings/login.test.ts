import assert from "node:assert/strict";

import { isAccepted, messageOf } from "../../support/settings";

const OIDC = {
  issuer: "https://id.example.com",
  authorizationEndpoint: "https://id.example.com/authorize",
  tokenEndpoint: "https://id.example.com/token",
  userInfoEndpoint: "https://id.example.com/userinfo",
  clientId: "web-store",
  clientSecretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:web-store-login-AbCdEf",
};
const COGNITO = {
  userPoolArn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI",
  clientId: "1example23456789",
  domain: "shop-customers",
};

const JWT = {
  issuer: "https://id.example.com",
  jwksEndpoint: "https://id.example.com/.well-known/jwks.json",
};
const API = { api: { priority: 100, paths: ["/api/*"], access: "token" } };

/** Settings in the form that a stack passes: each value as JSON. */
const set = (settings: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value)]));

describe("A login", () => {
  for (const [title, settings] of Object.entries<Record<string, unknown>>({
    "by OpenID Connect": { login: { oidc: OIDC } },
    "by Cognito, with the domain of one's own": {
      login: { cognito: { ...COGNITO, domain: "id.example.com" } },
    },
    "with a port and a realm in the provider's URLs": {
      login: { oidc: { ...OIDC, issuer: "https://id.example.com:8443/realms/shop" } },
    },
    "with public paths within what it protects": {
      login: { cognito: COGNITO },
      routes: {
        pictures: { priority: 100, paths: ["/products/*"], access: "public" },
        all: { priority: 200, paths: ["/*"], access: "login" },
      },
    },
    "for accounts alone": {
      login: { cognito: COGNITO },
      routes: {
        account: { priority: 100, paths: ["/account", "/account/*"] },
        others: { priority: 49_990, paths: ["/*"], access: "public" },
      },
    },
    "whose health and cached files are public": {
      login: { cognito: COGNITO },
      routes: { public: { priority: 100, paths: ["/healthz", "/static/*"], access: "public" } },
      externalHealthCheck: { enabled: true },
      cdn: { enabled: true },
    },
    "that lets others through, with checks from outside": {
      login: { cognito: COGNITO, onUnauthenticatedRequest: "allow" },
      externalHealthCheck: { enabled: true },
    },
    "by tokens alone": { login: { jwt: JWT }, routes: API },
    "by tokens with scopes each by itself, or in one text": {
      login: {
        jwt: {
          ...JWT,
          claims: {
            scope: { format: "space-separated-values", values: ["read", "write"] },
            role: { format: "single-string", values: ["head of sales"] },
          },
        },
      },
      routes: API,
    },
    "that a later rule is for, whichever is written first": {
      login: { cognito: COGNITO },
      routes: {
        all: { priority: 200, paths: ["/*"] },
        health: { priority: 100, paths: ["/healthz"], access: "public" },
      },
      externalHealthCheck: { enabled: true },
    },
    "by tokens for programs, beside Cognito for people": {
      login: { cognito: COGNITO, jwt: { ...JWT, claims: { aud: { values: ["orders-api"] } } } },
      routes: API,
    },
  }))
    it(`is accepted ${title}`, () => {
      assert.ok(isAccepted(set(settings)), title);
    });

  for (const { title, settings, fault } of [
    {
      title: "after a public rule for the same host",
      settings: {
        login: { cognito: COGNITO },
        routes: {
          all: { priority: 100, hosts: ["desk.example.com"], paths: ["/*"], access: "public" },
          desk: { priority: 200, hosts: ["desk.example.com"], access: "login" },
        },
      },
      fault: [
        "web-store:routes.desk.priority",
        "  got:     200",
        "  allowed: less than 100, the priority of routes.all, which gives everybody access to some of desk.example.com",
        "  remedy:  give it a free priority below 100, or give routes.all paths that no protected rule shares",
      ],
    },
    {
      title: "after a public rule for one of its paths",
      settings: {
        login: { cognito: COGNITO },
        routes: {
          account: { priority: 100, paths: ["/account/*"], access: "public" },
          both: { priority: 200, paths: ["/account/*", "/staff/*"], access: "login" },
        },
      },
      fault: [
        "web-store:routes.both.priority",
        "  got:     200",
        "  allowed: less than 100, the priority of routes.account, which gives everybody access to some of /account/*, /staff/*",
        "  remedy:  give it a free priority below 100, or give routes.account paths that no protected rule shares",
      ],
    },
    {
      title: "with an issuer in plain text",
      settings: { login: { oidc: { ...OIDC, issuer: "http://id.example.com" } } },
      fault: [
        "web-store:login.oidc.issuer",
        "  got:     http://id.example.com",
        "  allowed: an HTTPS URL with host and path, without query",
        "  remedy:  for example: pulumi config set --path 'web-store:login.oidc.issuer' https://id.example.com",
      ],
    },
    {
      title: "with two providers",
      settings: { login: { oidc: OIDC, cognito: COGNITO } },
      fault: [
        "web-store:login.cognito",
        `  got:     ${JSON.stringify(COGNITO)}`,
        "  allowed: no value together with login.oidc: visitors sign in with one provider",
        "  remedy:  remove one of the two; a Cognito user pool can let visitors sign in with other OpenID Connect providers",
      ],
    },
    {
      title: "by tokens from an issuer in plain text",
      settings: { login: { jwt: { ...JWT, jwksEndpoint: "http://id.example.com/jwks.json" } }, routes: API },
      fault: [
        "web-store:login.jwt.jwksEndpoint",
        "  got:     http://id.example.com/…",
        "  allowed: an HTTPS URL with host and path, without query, on port 443",
        "  remedy:  for example: pulumi config set --path 'web-store:login.jwt.jwksEndpoint' https://id.example.com/.well-known/jwks.json",
      ],
    },
    {
      title: "with a port that the load balancer may not connect to",
      settings: { login: { oidc: { ...OIDC, tokenEndpoint: "https://id.example.com:8443/token" } } },
      fault: [
        "web-store:login.oidc.tokenEndpoint",
        "  got:     https://id.example.com:8443/…",
        "  allowed: an HTTPS URL with host and path, without query, on port 443",
        "  remedy:  for example: pulumi config set --path 'web-store:login.oidc.tokenEndpoint' https://id.example.com/token",
      ],
    },
    {
      title: "by tokens without an issuer",
      settings: { login: { cognito: COGNITO }, routes: API },
      fault: [
        "web-store:routes.api.access",
        "  got:     token",
        "  allowed: public, login, where login.jwt isn't set",
        "  remedy:  set login.jwt.issuer and login.jwt.jwksEndpoint, or choose another access",
      ],
    },
    {
      title: "by tokens that no route requires",
      settings: { login: { jwt: JWT } },
      fault: [
        "web-store:login.jwt",
        '  got:     {"issuer":"https://id.example.com","jwksEndpoint":"https://id.example.com/…"}',
        "  allowed: no value while no route or application has access: token, as no request needs one",
        "  remedy:  set access: token for the routes or applications that need one, or remove login.jwt",
      ],
    },
    {
      title: "by tokens that no route requires, with a public route",
      settings: {
        login: { jwt: JWT },
        routes: { feed: { priority: 100, paths: ["/feed"], access: "public" } },
      },
      fault: [
        "web-store:login.jwt",
        '  got:     {"issuer":"https://id.example.com","jwksEndpoint":"https://id.example.com/…"}',
        "  allowed: no value while no route or application has access: token, as no request needs one",
        "  remedy:  set access: token for the routes or applications that need one, or remove login.jwt",
      ],
    },
    {
      title: "that Route 53's checkers would get, except for one host",
      settings: {
        login: { cognito: COGNITO },
        routes: {
          shop: { priority: 100, hosts: ["shop.example.com"], paths: ["/healthz"], access: "public" },
        },
        externalHealthCheck: { enabled: true },
      },
      fault: [
        "web-store:externalHealthCheck.enabled",
        "  got:     true",
        "  allowed: false, where /healthz needs a login: Route 53 would consider the redirect a healthy response",
        "  remedy:  add to routes: { health: { priority: 100, paths: [/healthz], access: public } }, or set externalHealthCheck.enabled to false",
      ],
    },
    {
      title: "by tokens whose issuer is named twice",
      settings: {
        login: { jwt: { ...JWT, claims: { iss: { values: ["https://other.example.com"] } } } },
        routes: API,
      },
      fault: [
        "web-store:login.jwt.claims.iss",
        '  got:     {"values":["https://other.example.com"]}',
        "  allowed: claims other than exp, iss, nbf and iat, which the load balancer checks anyway",
        "  remedy:  remove it: login.jwt.issuer says what it must be",
      ],
    },
    ...["exp", "nbf", "iat"].map((name) => ({
      title: `by tokens whose ${name} is checked anyway`,
      settings: { login: { jwt: { ...JWT, claims: { [name]: { values: ["1"] } } } }, routes: API },
      fault: [
        `web-store:login.jwt.claims.${name}`,
        '  got:     {"values":["1"]}',
        "  allowed: claims other than exp, iss, nbf and iat, which the load balancer checks anyway",
        "  remedy:  remove it",
      ],
    })),
    {
      title: "by tokens with two scopes in one value",
      settings: {
        login: {
          jwt: { ...JWT, claims: { scope: { format: "space-separated-values", values: ["read write"] } } },
        },
        routes: API,
      },
      fault: [
        "web-store:login.jwt.claims.scope.values",
        '  got:     ["read write"]',
        "  allowed: values without spaces, where the format is space-separated-values",
        "  remedy:  list each value separately, or choose the format single-string",
      ],
    },
    {
      title: "with a secret in another Region",
      settings: {
        login: { oidc: { ...OIDC, clientSecretArn: OIDC.clientSecretArn.replace("eu-west-1", "us-east-1") } },
      },
      fault: [
        "web-store:login.oidc.clientSecretArn",
        "  got:     arn:aws:secretsmanager:us-east-1:123456789012:secret:web-store-login-AbCdEf",
        "  allowed: a secret in aws:region, eu-west-1",
        "  remedy:  replicate the secret to eu-west-1, and name the replica's ARN",
      ],
    },
    {
      title: "with scopes that return no identity",
      settings: { login: { cognito: COGNITO, scope: "email profile" } },
      fault: [
        "web-store:login.scope",
        "  got:     email profile",
        "  allowed: scopes separated by single spaces, including openid",
        "  remedy:  for example: pulumi config set --path 'web-store:login.scope' 'openid email'",
      ],
    },
    {
      title: "that a route requires and no setting provides",
      settings: { routes: { account: { priority: 100, paths: ["/account/*"], access: "login" } } },
      fault: [
        "web-store:routes.account.access",
        "  got:     login",
        "  allowed: public, because login has neither oidc nor cognito",
        "  remedy:  set login.oidc or login.cognito, or remove access",
      ],
    },
    {
      title: "that a public route configures",
      settings: {
        login: { cognito: COGNITO },
        routes: {
          feed: { priority: 100, paths: ["/feed"], access: "public", onUnauthenticatedRequest: "deny" },
        },
      },
      fault: [
        "web-store:routes.feed.onUnauthenticatedRequest",
        "  got:     deny",
        "  allowed: no value where access is not login: nobody signs in there",
        "  remedy:  remove it, or set access to login",
      ],
    },
    {
      title: "for a path that an earlier rule makes public",
      settings: {
        login: { cognito: COGNITO },
        routes: {
          open: { priority: 100, paths: ["/account/*"], access: "public" },
          account: { priority: 200, paths: ["/account/*"], access: "login" },
        },
      },
      fault: [
        "web-store:routes.account.priority",
        "  got:     200",
        "  allowed: less than 100, the priority of routes.open, which gives everybody access to some of /account/*",
        "  remedy:  give it a free priority below 100, or give routes.open paths that no protected rule shares",
      ],
    },
    {
      title: "for paths that overlap a public pattern, such as /account/x.css",
      settings: {
        login: { cognito: COGNITO },
        routes: {
          styles: { priority: 100, paths: ["*.css"], access: "public" },
          account: { priority: 200, paths: ["/account/*"], onUnauthenticatedRequest: "deny" },
        },
      },
      fault: [
        "web-store:routes.account.priority",
        "  got:     200",
        "  allowed: less than 100, the priority of routes.styles, which gives everybody access to some of /account/*",
        "  remedy:  give it a free priority below 100, or give routes.styles paths that no protected rule shares",
      ],
    },
    {
      title: "that Route 53's checkers would get",
      settings: { login: { cognito: COGNITO }, externalHealthCheck: { enabled: true } },
      fault: [
        "web-store:externalHealthCheck.enabled",
        "  got:     true",
        "  allowed: false, where /healthz needs a login: Route 53 would consider the redirect a healthy response",
        "  remedy:  add to routes: { health: { priority: 100, paths: [/healthz], access: public } }, or set externalHealthCheck.enabled to false",
      ],
    },
    {
      title: "for files that CloudFront caches for everybody",
      settings: { login: { cognito: COGNITO }, cdn: { enabled: true } },
      fault: [
        "web-store:cdn.staticPaths",
        '  got:     ["/static/*"] (default)',
        "  allowed: paths that need no login: CloudFront caches them for everybody, and requests them without the login cookie",
        "  remedy:  add to routes: { static: { priority: 100, paths: [/static/*], access: public } }, or remove them here",
      ],
    },
    {
      title: "before gRPC",
      settings: {
        login: { cognito: COGNITO },
        application: { source: "container", image: `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}` },
        healthCheck: { path: "/grpc.health.v1.Health/Check" },
        loadBalancing: { protocolVersion: "grpc" },
      },
      fault: [
        "web-store:loadBalancing.protocolVersion",
        "  got:     grpc",
        "  allowed: http1, http2, where access is not public: the load balancer can only forward gRPC requests",
        "  remedy:  set access to public, and let the application check tokens itself",
      ],
    },
    {
      title: "at a load balancer without a route to the provider",
      settings: { login: { cognito: COGNITO }, internal: { enabled: true }, "network.natGateways": "none" },
      fault: [
        "web-store:network.natGateways",
        "  got:     none",
        "  allowed: single, perZone, where a load balancer with private addresses uses an identity provider, which it reaches through a NAT gateway",
        "  remedy:  set network.natGateways to single, or remove login",
      ],
    },
  ])
    it(`is refused ${title}`, () => {
      const given = { ...set(settings) };
      if ("network.natGateways" in settings) given["network.natGateways"] = "none";
      assert.equal(
        messageOf(given),
        ["Stack dev has 1 setting to correct. Nothing was created or changed.", "", ...fault].join("\n"),
      );
    });
});

describe("An application's gRPC beside a login", () => {
  const search = (access: string): Record<string, string> =>
    set({
      login: { cognito: COGNITO },
      applications: {
        search: {
          priority: 200,
          paths: ["/search/*"],
          access,
          application: { source: "container", image: `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}` },
          healthCheck: { path: "/grpc.health.v1.Health/Check" },
          loadBalancing: { protocolVersion: "grpc" },
        },
      },
    });

  it("is accepted if it is public", () => {
    assert.ok(isAccepted(search("public")));
    assert.match(
      messageOf(search("login")),
      /applications\.search\.loadBalancing\.protocolVersion\n {2}got: {5}grpc\n {2}allowed: http1, http2, where access is not public/,
    );
  });
});
