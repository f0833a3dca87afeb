import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";

/** Constraints on alarms and their recipients. */
export const constraints: readonly Constraint[] = [
  nobodyTold,
  topicElsewhere,
  usEast1Unheard,
  tooManyForARefresh,
];

/** Alarms must notify somebody. The owner of an existing topic manages its subscriptions. */
function nobodyTold({ alarms }: Settings): Violation[] {
  const { enabled, emailAddresses, topicArn } = alarms;
  if (topicArn !== undefined && emailAddresses.length > 0) {
    return [
      {
        at: "alarms.emailAddresses",
        allowed:
          "an empty list together with alarms.topicArn: you manage the subscriptions of your own topic",
        remedy: "remove emailAddresses and subscribe them to the topic, or remove topicArn",
      },
    ];
  }
  if (!enabled || topicArn !== undefined || emailAddresses.length > 0) return [];
  return [
    {
      at: "alarms.emailAddresses",
      allowed:
        "at least one address, or your own topic in alarms.topicArn: otherwise the alarms notify nobody",
      remedy:
        "for example, in the stack file: web-store:alarms: { enabled: true, emailAddresses: [oncall@example.com] }",
    },
  ];
}

/** CloudWatch alarms notify topics of their own Region only. */
function topicElsewhere({ alarms, region }: Settings): Violation[] {
  const there = alarms.topicArn?.split(":")[3];
  if (there === undefined || there === region) return [];
  return [
    {
      at: "alarms.topicArn",
      allowed: `a topic in aws:region, ${region}: an alarm notifies no other`,
      remedy: `create a topic in ${region}, or leave topicArn out and list emailAddresses`,
    },
  ];
}

/**
 * Route 53's metrics are in us-east-1, and so is CloudFront's certificate.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 */
function usEast1Unheard({ alarms, cdn, externalHealthCheck, region }: Settings): Violation[] {
  const watched = [
    ...(externalHealthCheck.enabled ? ["externalHealthCheck"] : []),
    ...(cdn.enabled ? ["CloudFront's certificate"] : []),
  ];
  if (!alarms.enabled || watched.length === 0) return [];
  if (alarms.topicArn === undefined || alarms.usEast1TopicArn !== undefined || region === "us-east-1")
    return [];
  return [
    {
      at: "alarms.usEast1TopicArn",
      allowed: `a topic in us-east-1 in addition to alarms.topicArn: the alarm on ${watched.join(" and that on ")} is there, and notifies no other`,
      remedy: "create a topic in us-east-1, or leave topicArn out and list emailAddresses",
    },
  ];
}

/**
 * Maximum number of alarms of a refresh, and how many of these are the stack's own: five and one more, on both colours.
 */
const REFRESH_ALARMS = 10;
const OWN_ALARMS = 6;

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AlarmSpecification.html */
export function tooManyForARefresh({ alarms, fleet: { instanceRefresh } }: Settings): Violation[] {
  const most = REFRESH_ALARMS - OWN_ALARMS;
  if (!alarms.enabled) return [];
  if (instanceRefresh.alarmNames.length <= most) return [];
  return [
    {
      at: "fleet.instanceRefresh.alarmNames",
      allowed: `up to ${most}: a refresh watches ${REFRESH_ALARMS} alarms, and up to ${OWN_ALARMS} are the stack's own while alarms.enabled is true`,
      remedy: "keep those that indicate a bad release, or combine them in a composite alarm",
    },
  ];
}
