import { read, upperCase } from "../../read";
import { LISTENER, LOAD_BALANCER } from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { balancerType, groupBy, referenceKey, wholeNumber } from "./known";

const FIX =
  '{ port: 8443 }, or one listener with a ListenerRule for each: { conditions: [{ hostHeader: { values: ["…"] } }] }';

/** Listeners of one load balancer on one port. Only the stack shows which load balancer they share. */
export const listenerPorts = stackRule({
  id: "listener-ports",
  area: "refused-by-aws",
  title: "Listeners of a load balancer have ports of their own",
  severity: "medium",
  level: "stack",
  description:
    "No two listeners of a load balancer share a port; those of a Network Load Balancer may with different protocols. " +
    "AWS refuses the second one.",
  remedy: FIX,
  references: [
    {
      label: "CreateListener",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
    },
  ],
  judge(stack) {
    const balancersOf = stack.to(LOAD_BALANCER, ["arn", "id"]);
    const applications = new Set(
      stack
        .ofTypes(LOAD_BALANCER)
        .filter((balancer) => balancerType(balancer) === "application")
        .map(({ urn }) => urn),
    );
    const placeOf = (listener: StackSubject): string | undefined => {
      const balancer = referenceKey(listener, "loadBalancerArn", balancersOf);
      const port = wholeNumber(read(listener.props, ["port"]));
      const protocol = applications.has(balancer ?? "") ? "HTTP" : transport(listener);
      if (balancer === undefined || port === undefined || protocol === undefined) return undefined;
      return JSON.stringify([balancer, port, protocol]);
    };
    return [...groupBy(stack.ofTypes(LISTENER), placeOf).values()].flatMap(([first, ...others]) =>
      others.flatMap(({ props, urn }) => {
        const port = wholeNumber(read(props, ["port"]));
        const taken = `port is ${port}, which listener "${first?.name}" of the same load balancer has already`;
        return violations([`${taken}; it must be another`], FIX, urn);
      }),
    );
  },
});

/** The protocol, with HTTP and HTTPS as one: they are an Application Load Balancer's, which tells ports only. */
function transport(listener: StackSubject): string | undefined {
  return upperCase(read(listener.props, ["protocol"]))?.replace(/^HTTPS$/, "HTTP");
}
