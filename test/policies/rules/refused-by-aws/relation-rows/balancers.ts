import { LOAD_BALANCER } from "../../../../../policies/resources";
import { UNKNOWN } from "../../../../support/pack";
import type { Props } from "../../../../support/rule-suite";
import { make } from "./row";

/** A load balancer of the type application, unless `props` set another one. */
export const balancer = (name: string, props: Props = {}) =>
  make(LOAD_BALANCER, name, { subnets: UNKNOWN, ...props });

export const alb = balancer("alb");
export const nlb = balancer("nlb", { loadBalancerType: "network" });
export const gwlb = balancer("gwlb", { loadBalancerType: "gateway" });
