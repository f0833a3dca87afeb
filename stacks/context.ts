import type { Tags } from "../components/naming";

/**
 * The name that all resources begin with. Without the stack in it: to rename a stack must not replace the store.
 */
export const NAME = "web-store";

/** The TCP port of applications: not privileged, so they need no privileges. */
export const INSTANCE_PORT = 8080;

/** The TCP port of instances that are reached by TLS. */
export const INSTANCE_TLS_PORT = 8443;

/** What every feature builds with, beside the settings; each asks for the parts that it builds on, too. */
export interface Context {
  /** What the names of resources begin with. */
  readonly name: string;
  readonly tags: Tags;
}
