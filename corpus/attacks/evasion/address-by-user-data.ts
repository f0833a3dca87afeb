// The instance assigns itself the address when it boots.
import type { Expected } from "../../attack";
import { launchTemplate } from "../../fleet";

export const expected: Expected = {
  rule: "other-routes",
  says: /A call in userData is "ec2:associateAddress"/,
};

export function program(mended: boolean): void {
  const command = mended
    ? "/opt/shop/start"
    : "aws ec2 associate-address --instance-id i --allocation-id eipalloc-0123456789abcdef0";
  launchTemplate({ userData: Buffer.from(`#!/bin/sh\n${command}\n`).toString("base64") });
}
