import type { Tags } from "../components/naming";

/**
 * The prefix of all resource names. It does not contain the stack's name, so that renaming a stack does not replace the
 * store.
 */
export const NAME = "web-store";

/** The TCP port of applications, which need no privileges for it. */
export const INSTANCE_PORT = 8080;

/** The TCP port of instances with TLS. */
export const INSTANCE_TLS_PORT = 8443;

/** What every feature needs in addition to the settings; features extend it by the resources that they need. */
export interface Context {
  /** The prefix of resource names. */
  readonly name: string;
  readonly tags: Tags;
}
