import assert from "node:assert/strict";

import { isAccepted, messageOf } from "../../support/settings";

const IMAGE = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;

describe("settings of how balancers reach instances", () => {
  const grpc = {
    "application.source": "container",
    "application.image": IMAGE,
    "healthCheck.path": "/grpc.health.v1.Health/Check",
    "loadBalancing.protocolVersion": "grpc",
  };
  const http2 = { ...grpc, "loadBalancing.protocolVersion": "http2" };

  for (const [title, set, says] of [
    ["a protocol that is none", { "loadBalancing.instanceProtocol": "tls" }, /allowed: http, https$/m],
    ["a version that is none", { "loadBalancing.protocolVersion": "http3" }, /allowed: http1, http2, grpc$/m],
    [
      "HTTP/2 of the page that comes with this project",
      { "loadBalancing.protocolVersion": "http2" },
      /allowed: http1, as application\.source is builtin, which supports HTTP\/1\.1/,
    ],
    [
      "gRPC of the sample store",
      { ...grpc, "application.source": "store", "healthCheck.path": "/readyz" },
      /http1, as application\.source is store/,
    ],
    [
      "a health check of gRPC that is none",
      { ...grpc, "healthCheck.path": "/healthz" },
      /healthCheck\.path\n {2}got: {5}\/healthz\n {2}allowed: a gRPC method, \/package\.Service\/Method/,
    ],
    [
      "a health check of more than a method",
      { ...grpc, "healthCheck.path": "/v1/shop.Health/Check" },
      /healthCheck\.path\n[^]*a gRPC method/,
    ],
    [
      "HTTP/2 behind CloudFront",
      { ...http2, "cdn.enabled": "true" },
      /protocolVersion\n[^]*http1 with cdn: CloudFront sends requests by HTTP\/1\.1[^]*remove protocolVersion, or cdn$/,
    ],
    [
      "gRPC that Route 53 checks",
      { ...grpc, "externalHealthCheck.enabled": "true" },
      /protocolVersion\n[^]*http1 with externalHealthCheck: Route 53 checks by HTTP\/1\.1/,
    ],
    [
      "HTTP/2 of a warm pool",
      { ...http2, "fleet.warmPool.state": "stopped" },
      /fleet\.warmPool\.state\n[^]*off with loadBalancing\.protocolVersion http2/,
    ],
    [
      "two protocols behind proxies",
      {
        "blueGreen.enabled": "true",
        "loadBalancing.engine": "haproxy",
        "blueGreen.green.instanceProtocol": "https",
      },
      /blueGreen\.green\.instanceProtocol\n[^]*loadBalancing\.instanceProtocol, http, while there are proxies/,
    ],
  ] as const) {
    it(`are refused: ${title}`, () => {
      const message = messageOf(set);
      assert.match(message, says);
      assert.match(message, /^Stack dev has (1 setting|2 settings) to correct/);
    });
  }

  it("are refused for each of two sources, and pools of peaks, at once", () => {
    const peak = {
      name: "evening",
      days: ["fri"],
      start: "18:00",
      end: "22:00",
      timeZone: "Europe/Berlin",
      warmPoolSize: 2,
      maxSize: 8,
    };
    assert.match(
      messageOf({ ...http2, peakCalendar: JSON.stringify([peak]) }),
      /peakCalendar\[0\]\.warmPoolSize\n[^]*no value with loadBalancing\.protocolVersion http2/,
    );
  });

  for (const [title, set] of [
    [
      "HTTP/2 and a peak without a pool",
      {
        ...http2,
        peakCalendar: JSON.stringify([
          {
            name: "evening",
            days: ["fri"],
            start: "18:00",
            end: "22:00",
            timeZone: "Europe/Berlin",
            maxSize: 8,
          },
        ]),
      },
    ],
    ["TLS to the page that comes with this project", { "loadBalancing.instanceProtocol": "https" }],
    ["gRPC in clear text", grpc],
    [
      "gRPC by TLS through proxies",
      { ...grpc, "loadBalancing.instanceProtocol": "https", "loadBalancing.engine": "haproxy" },
    ],
    [
      "one protocol of both colours behind proxies",
      {
        "blueGreen.enabled": "true",
        "loadBalancing.engine": "haproxy",
        "loadBalancing.instanceProtocol": "https",
        "blueGreen.green.instanceProtocol": "https",
      },
    ],
    ["gRPC in clear text whose health check has dots", { ...grpc, "healthCheck.path": "/a.b_1.C/D_2" }],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set), title));
  }
});
