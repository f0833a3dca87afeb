/**
 * Reads the output of the true engine, its event log, `preview --json` and `stack export`, into the shapes of
 * `rehearse --json`.
 *
 * A preview's graph comes from two sources, because neither has all of it: the event log (every resource with outputs,
 * including default providers) and `preview --json` (dependencies, options). An update's graph is the stack's export.
 *
 * Source: pulumi/pulumi `sdk/go/common/apitype/events.go` and `core.go` (`ResourceV3`).
 */
import type { Finding } from "../../packages/rehearse/engine/diagnostics";
import type { JsonResource } from "../../packages/rehearse/report/json";
import { isMap, isResourceReference, isSecret, transform, UNKNOWN } from "../../packages/rehearse/values";
import type { Value, Values } from "../../packages/rehearse/values";

/** The parts of an event that are read here. */
export interface EngineEvent {
  readonly resourcePreEvent?: {
    readonly metadata: {
      readonly op: string;
      readonly urn: string;
      readonly old?: { readonly external?: boolean } | null;
      readonly new: State | null;
    };
  };
  readonly resOutputsEvent?: { readonly metadata: { readonly new: State | null } };
  readonly policyEvent?: {
    readonly resourceUrn?: string;
    readonly message: string;
    readonly policyName: string;
    readonly policyPackName: string;
    readonly enforcementLevel: Finding["level"];
  };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

/** A resource's state. */
interface State {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly custom?: boolean;
  readonly inputs?: Values;
  readonly outputs?: Values;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly replaceOnChanges?: readonly string[];
  readonly replaceWith?: readonly string[];
}

/** Marks assets and archives. Only their content is compared. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The engine's final message after an error that it has already reported. */
const CLOSING = /^(preview|update) failed$/;

/** Parses the event log: one JSON object per line. */
export function parseEvents(log: string): EngineEvent[] {
  const lines = log.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as EngineEvent);
}

/**
 * The resources that a preview would create, in the order of registration. The last event of a resource counts.
 *
 * @param json - The output of `preview --json`; if it is not JSON, no resource has dependencies.
 */
export function plannedResources(events: readonly EngineEvent[], json: string): JsonResource[] {
  const states = new Map<string, State>();
  for (const { resourcePreEvent, resOutputsEvent } of events) {
    const state = (resOutputsEvent ?? resourcePreEvent)?.metadata.new;
    if (state) states.set(state.urn, state);
  }
  if (json.trimStart().startsWith("{")) {
    const { steps = [] } = JSON.parse(json) as { steps?: { urn: string; newState?: State }[] };
    for (const { urn, newState } of steps) {
      const state = states.get(urn);
      if (!state || !newState) continue;
      const { dependencies = [], propertyDependencies = {}, replaceOnChanges, replaceWith } = newState;
      states.set(urn, {
        ...state,
        dependencies,
        propertyDependencies,
        ...(replaceOnChanges ? { replaceOnChanges } : {}),
        ...(replaceWith ? { replaceWith } : {}),
      });
    }
  }
  return [...states.values()].map(toJsonResource);
}

/** The resources of a stack, in the order of their creation. */
export function exportedResources(json: string): JsonResource[] {
  const { deployment } = JSON.parse(json) as { deployment: { resources?: State[] } };
  return (deployment.resources ?? []).map(toJsonResource);
}

/** The policies' findings, in the order of the events. */
export function findingsOf(events: readonly EngineEvent[]): Finding[] {
  return events.flatMap(({ policyEvent: event }) =>
    event
      ? [
          {
            pack: event.policyPackName,
            policy: event.policyName,
            level: event.enforcementLevel,
            urn: event.resourceUrn ?? "",
            message: event.message.trimEnd(),
          },
        ]
      : [],
  );
}

/** A step of the engine: `create`, `delete-replaced`, … */
export interface EngineOperation {
  readonly op: string;
  readonly urn: string;
  /** Whether the stack only reads the resource and doesn't own it. */
  readonly wasRead: boolean;
}

/** The engine's steps, in order. */
export function operationsOf(events: readonly EngineEvent[]): EngineOperation[] {
  return events.flatMap(({ resourcePreEvent: event }) => {
    if (event === undefined) return [];
    const { op, urn, old } = event.metadata;
    return [{ op, urn, wasRead: old?.external === true }];
  });
}

/** The engine's errors without its final message. */
export function errorsOf(events: readonly EngineEvent[], stderr: string): string[] {
  const reported = events.flatMap(({ diagnosticEvent: event }) =>
    event?.severity === "error" ? [event.message.trim()] : [],
  );
  const printed = stderr.split(/^error: /m).slice(1);
  return [...reported, ...printed.map((text) => text.trim())].filter((text) => !CLOSING.test(text));
}

function toJsonResource(state: State): JsonResource {
  const { urn, type, id, parent = "", custom = false, inputs = {}, outputs = {} } = state;
  const { replaceOnChanges, replaceWith } = state;
  const identity: Values = custom ? { id: id || UNKNOWN } : {};
  const dependencies = Object.entries(state.propertyDependencies ?? {});
  return {
    urn,
    type,
    name: urn.split("::").slice(3).join("::"),
    parent,
    custom,
    inputs: readable(inputs),
    outputs: readable({ ...identity, ...outputs }),
    dependencies: state.dependencies ?? [],
    propertyDependencies: Object.fromEntries(dependencies.map(([key, urns]) => [key, urns ?? []])),
    ...(replaceOnChanges?.length ? { replaceOnChanges } : {}),
    ...(replaceWith?.length ? { replaceWith } : {}),
  };
}

/** Values in the form of `rehearse --json`. */
function readable(values: Values): Values {
  const leaf = (value: Value): Value | undefined => {
    if (value === UNKNOWN) return { unknown: true };
    if (isSecret(value)) return "[secret]";
    if (isResourceReference(value)) return value["urn"] ?? null;
    if (!isMap(value)) return undefined;
    const shown = Object.entries(value).filter(([key]) => key !== SIGNATURE && !key.startsWith("__"));
    return Object.fromEntries(shown.map(([key, child]) => [key, transform(child, leaf)]));
  };
  return transform(values, leaf) as Values;
}
