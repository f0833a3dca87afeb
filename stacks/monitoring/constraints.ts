import type { Settings } from "../settings";
import type { Constraint, Violation } from "../settings/constraint";

/** Who is told what about the running store. */
export const constraints: readonly Constraint[] = [
  nobodyTold,
  topicElsewhere,
  usEast1Unheard,
  tooManyForARefresh,
];

/** Alarms that nobody hears only cost. With a topic of one's own, its subscriptions are its owner's. */
function nobodyTold({ alarms }: Settings): Violation[] {
  const { enabled, emailAddresses, topicArn } = alarms;
  if (topicArn !== undefined && emailAddresses.length > 0) {
    return [
      {
        at: "alarms.emailAddresses",
        allowed: "none beside alarms.topicArn: who hears of a topic of your own, its subscriptions say",
        remedy: "remove emailAddresses and subscribe them to the topic, or remove topicArn",
      },
    ];
  }
  if (!enabled || topicArn !== undefined || emailAddresses.length > 0) return [];
  return [
    {
      at: "alarms.emailAddresses",
      allowed: "an address at least, or a topic of your own in alarms.topicArn: else nobody hears the alarms",
      remedy:
        "for example, in the stack file: web-store:alarms: { enabled: true, emailAddresses: [oncall@example.com] }",
    },
  ];
}

/** CloudWatch tells topics of its own Region only. */
function topicElsewhere({ alarms, region }: Settings): Violation[] {
  const there = alarms.topicArn?.split(":")[3];
  if (there === undefined || there === region) return [];
  return [
    {
      at: "alarms.topicArn",
      allowed: `a topic in aws:region, ${region}: an alarm tells no other`,
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
      allowed: `a topic in us-east-1 beside alarms.topicArn: the alarm on ${watched.join(" and that on ")} is there, and tells no other`,
      remedy: "create a topic in us-east-1, or leave topicArn out and list emailAddresses",
    },
  ];
}

/** What a refresh heeds at the most, and how many of them are the stack's own: on both colours, five and one more. */
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
      allowed: `up to ${most}: a refresh heeds ${REFRESH_ALARMS} alarms, and up to ${OWN_ALARMS} are the stack's own while alarms.enabled is true`,
      remedy: "keep those that tell of a bad release, or join them in a composite alarm of your own",
    },
  ];
}
