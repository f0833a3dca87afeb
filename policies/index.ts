import "./unpack-once";
import { PolicyPack } from "@pulumi/policy";
import { policies } from "./catalog";

new PolicyPack("web-store", {
  displayName: "HTTPS-only load balancers and health-checked targets",
  enforcementLevel: "mandatory",
  policies,
});
