import { schema as application } from "../application/schema";
import { balancingFields, schema as balancer } from "../balancer/schema";
import { schema as fleet } from "../fleet/schema";
import { conditionFields } from "../routes/schema";
import { group, mapOf, oneOf } from "../settings/fields";
import { ALGORITHMS_OF } from "../../components/load-balancer/traffic-policy";

/**
 * Maximum number of further applications: each target group has an entry in a rule that takes five; see the component.
 */
export const MOST_APPLICATIONS = 20;

/** Further applications behind the store's load balancer. */
export const schema = {
  applications: mapOf(
    {
      ...conditionFields,
      application: application.application,
      environment: application.environment,
      formerRelease: application.formerRelease,
      fleet: fleet.fleet,
      healthCheck: balancer.healthCheck,
      loadBalancing: group(
        {
          algorithm: oneOf(ALGORITHMS_OF.alb, {
            description:
              "Which instance gets the next request: each in turn, the one with the fewest outstanding requests, or a random one.",
            default: "roundRobin",
          }),
          ...balancingFields,
        },
        {
          description: "How the application's requests are distributed over its instances.",
          example: "loadBalancing: { algorithm: leastOutstandingRequests }",
        },
      ),
    },
    {
      description:
        "Further applications behind the same load balancer, by names of your choice, each with its own instances, security group, role, target group and alarms: docs/applications.md. Fields that are not set have the default of the store's setting, not the store's value.",
      example:
        "applications: { search: { priority: 200, paths: [/search/*], application: { source: container, image: … }, fleet: { maxSize: 6 } } }",
      atMost: MOST_APPLICATIONS,
    },
  ),
} as const;
