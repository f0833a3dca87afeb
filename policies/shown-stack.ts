import type { AnalyzerResource, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/** A resource of a stack, as a policy is shown it. */
interface Shown {
  readonly urn: string;
  readonly props: unknown;
}

type Properties = NonNullable<ReturnType<AnalyzerResource["getProperties"]>>;

/** The request whose resources the SDK read last: the one whose stack a policy is shown first after it. */
let latest: { readonly request: AnalyzeStackRequest; readonly resources: AnalyzerResource[] } | undefined;
let propsOf: ((properties: Properties) => unknown) | undefined;

/**
 * Remembers which stack the SDK shows, for {@link showOnlyFirst}.
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
 * Drops all resources of the stack that is being judged but the first from the SDK's message. The SDK makes them
 * anew for each policy, of the same properties: whoever has been shown the stack can tell it by those of the first.
 * A stack that the SDK would not show in this way is left as it is.
 */
export function showOnlyFirst(shown: readonly Shown[]): void {
  if (latest === undefined) return;
  const { request, resources } = latest;
  latest = undefined;
  const [first] = resources;
  const properties = first?.getProperties();
  const isShared =
    resources.every((resource, at) => resource.getUrn() === shown[at]?.urn) &&
    properties !== undefined &&
    propsOf?.(properties) === shown[0]?.props;
  if (!isShared || first === undefined) return;
  // The SDK goes on with this very list.
  resources.length = 1;
  request.setResourcesList(resources);
}
