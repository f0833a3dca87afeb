import type { ConstructHost } from "../types";
import type { VpcArgs } from "./args";
import type { Child } from "../awsx/children";
import type { Input } from "../awsx/output";

/** What the children of one component share. */
export interface Scope {
  readonly host: ConstructHost;
  /** The component's name. */
  readonly name: string;
  readonly args: VpcArgs;
  /** Names, in order. */
  readonly zones: readonly string[];
  readonly vpc: Child;
  /** The tags of everything but NAT gateways and their addresses. */
  readonly tags: Input;
}
