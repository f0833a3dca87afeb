import assert from "node:assert/strict";

import { isAccepted, messageOf } from "../../support/settings";

const IMAGE = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;

describe("the settings of the protocol between balancers and instances", () => {
  const grpc = {
    "application.source": "container",
    "application.image": IMAGE,
    "healthCheck.path": "/grpc.health.v1.Health/Check",
    "loadBalancing.protocolVersion": "grpc",
  };
  const http2 = { ...grpc, "loadBalancing.protocolVersion": "http2" };

  for (const [title, set, says] of [
    ["an unknown protocol", { "loadBalancing.instanceProtocol": "tls" }, /allowed: http, https$/m],
    [
      "an unknown protocol version",
      { "loadBalancing.protocolVersion": "http3" },
      /allowed: http1, http2, grpc$/m,
    ],
    [
      "HTTP/2 of the page that comes with this project",
      { "loadBalancing.protocolVersion": "http2" },
      /allowed: http1, because application\.source is builtin, which supports HTTP\/1\.1/,
    ],
    [
      "gRPC with the sample store",
      { ...grpc, "application.source": "store", "healthCheck.path": "/readyz" },
      /http1, because application\.source is store/,
    ],
    [
      "an invalid gRPC health check",
      { ...grpc, "healthCheck.path": "/healthz" },
      /healthCheck\.path\n {2}got: {5}\/healthz\n {2}allowed: a gRPC method, \/package\.Service\/Method/,
    ],
    [
      "a gRPC health check with more than a method",
      { ...grpc, "healthCheck.path": "/v1/shop.Health/Check" },
      /healthCheck\.path\n[^]*a gRPC method/,
    ],
    [
      "HTTP/2 behind CloudFront",
      { ...http2, "cdn.enabled": "true" },
      /protocolVersion\n[^]*http1 with cdn: CloudFront sends requests by HTTP\/1\.1[^]*remove protocolVersion, or cdn$/,
    ],
    [
      "gRPC with a Route 53 health check",
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

  it("are refused for two sources, and for peaks' warm pools, at once", () => {
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
    ["TLS to the built-in page", { "loadBalancing.instanceProtocol": "https" }],
    ["gRPC in plain text", grpc],
    [
      "gRPC over TLS through proxies",
      { ...grpc, "loadBalancing.instanceProtocol": "https", "loadBalancing.engine": "haproxy" },
    ],
    [
      "the same protocol for both colours behind proxies",
      {
        "blueGreen.enabled": "true",
        "loadBalancing.engine": "haproxy",
        "loadBalancing.instanceProtocol": "https",
        "blueGreen.green.instanceProtocol": "https",
      },
    ],
    ["gRPC in plain text with dots in the health check", { ...grpc, "healthCheck.path": "/a.b_1.C/D_2" }],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set), title));
  }
});
