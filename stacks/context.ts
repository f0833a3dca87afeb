import type { Tags } from "../components/naming";

/**
 * The name that all resources begin with. Without the stack in it: to rename a stack must not replace the store.
 */
export const NAME = "web-store";

/** The TCP port between balancers and instances: not privileged, so the service on it needs no privileges. */
export const INSTANCE_PORT = 8080;

/** What every feature builds with, beside the settings; each asks for the parts that it builds on, too. */
export interface Context {
  /** What the names of resources begin with. */
  readonly name: string;
  readonly tags: Tags;
}
