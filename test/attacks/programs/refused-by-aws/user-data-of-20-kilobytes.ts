// User data may have 16 KB before it is encoded: a shop that is sent along doesn't fit.
import { launchTemplate } from "../../fleet";

launchTemplate({
  userData: Buffer.from(`#!/bin/sh\n# ${"the shop, in full ".repeat(1_140)}\n`).toString("base64"),
});
