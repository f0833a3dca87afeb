import type { ConstructHost } from "../types";
import type { VpcArgs } from "./args";
import type { Child } from "../awsx/children";
import type { Input } from "../awsx/output";

/** The context of a component's children. */
export interface Scope {
  readonly host: ConstructHost;
  /** The component's name. */
  readonly name: string;
  readonly args: VpcArgs;
  /** Names, in order. */
  readonly zones: readonly string[];
  readonly vpc: Child;
  /** The tags of all resources but NAT gateways and their addresses. */
  readonly tags: Input;
}
