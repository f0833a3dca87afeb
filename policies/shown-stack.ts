import type { AnalyzerResource, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/** A resource of a stack, in the form that a policy receives. */
interface Shown {
  readonly urn: string;
  readonly props: unknown;
}

type Properties = NonNullable<ReturnType<AnalyzerResource["getProperties"]>>;

/** The request whose resources the SDK read last, and whose stack the next policy receives. */
let latest: { readonly request: AnalyzeStackRequest; readonly resources: AnalyzerResource[] } | undefined;
let propsOf: ((properties: Properties) => unknown) | undefined;

/**
 * Records the stack that the SDK passes to policies, for {@link showOnlyFirst}.
 *
 * @param requests - prototype of the requests about stacks
 * @param unpack - what the SDK makes of a resource's properties
 */
export function keepsStacks(
  requests: { getResourcesList: (this: AnalyzeStackRequest) => AnalyzerResource[] },
  unpack: (properties: Properties) => unknown,
): void {
  propsOf = unpack;
  const { getResourcesList } = requests;
  requests.getResourcesList = function () {
    const resources = getResourcesList.call(this);
    latest = { request: this, resources };
    return resources;
  };
}

/**
 * Drops all resources except the first from the SDK's message of the current stack. The SDK creates new resource
 * objects for each policy from the same properties, so later rules can recognize the stack by the first resource's
 * properties. A stack that did not come from the message is left unchanged.
 */
export function showOnlyFirst(shown: readonly Shown[]): void {
  if (latest === undefined) return;
  const { request, resources } = latest;
  latest = undefined;
  const [first] = resources;
  const properties = first?.getProperties();
  const isShared =
    resources.length === shown.length &&
    resources.every((resource, at) => resource.getUrn() === shown[at]?.urn) &&
    properties !== undefined &&
    propsOf?.(properties) === shown[0]?.props;
  if (!isShared || first === undefined) return;
  // The SDK continues to use this list.
  resources.length = 1;
  request.setResourcesList(resources);
}
