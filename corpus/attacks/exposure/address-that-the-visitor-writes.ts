// A client gets in by writing an office address into X-Forwarded-For, or by sending no such header.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "client-addresses",
  says: /ipSetForwardedIpConfig\.position is "FIRST"; it must be "LAST"/,
  level: "advisory",
};

export function program(mended: boolean): void {
  const seen = (metricName: string) => ({
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
    metricName,
  });
  const office = new aws.wafv2.IpSet("office", {
    scope: "REGIONAL",
    ipAddressVersion: "IPV4",
    addresses: ["203.0.113.0/24"],
  });
  const fromOffice = {
    ipSetReferenceStatement: {
      arn: office.arn,
      ...(!mended && {
        ipSetForwardedIpConfig: {
          headerName: "X-Forwarded-For",
          position: "FIRST",
          fallbackBehavior: "NO_MATCH",
        },
      }),
    },
  };
  new aws.wafv2.WebAcl("shop", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: seen("shop"),
    rules: [
      {
        name: "office",
        priority: 0,
        action: { block: {} },
        statement: { notStatement: { statement: fromOffice } },
        visibilityConfig: seen("office"),
      },
    ],
  });
}
