import { read } from "../../read";
import type { Reading } from "../../read";
import type { StackSubject, Subject } from "../../rule";
import { given } from "../../stack";
import { text } from "./known";

/** A Region's name. */
export const REGION = /^[a-z]{2,3}(-[a-z]+)+-\d$/;

/** The Region of a resource, from its own input or its provider's; undefined if it is not known. */
export function regionOf(resource: StackSubject): string | undefined {
  const own = given(resource, "region");
  const region = own.kind === "absent" ? read(resource.provider?.props, ["region"]) : own;
  return named(text(region));
}

/** The Region in a known ARN of the given service. Certificates in IAM have none. */
export function regionOfArn(arn: Reading, service: string): string | undefined {
  const [, , ofService, region] = (text(arn) ?? "").split(":");
  return ofService === service ? named(region) : undefined;
}

/** The Region of a listener, from its own input or from its load balancer. */
export function regionOfListener(listener: Subject): string | undefined {
  const own = text(read(listener.props, ["region"]));
  if (own !== undefined) return named(own);
  return (
    regionOfArn(read(listener.props, ["loadBalancerArn"]), "elasticloadbalancing") ??
    regionOfArn(read(listener.props, ["listenerArn"]), "elasticloadbalancing")
  );
}

function named(region: string | undefined): string | undefined {
  return region !== undefined && REGION.test(region) ? region : undefined;
}
