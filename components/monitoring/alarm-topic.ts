import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { awsScope } from "../aws-scope";
import { named, type Tags } from "../naming";

/** Arguments of {@link AlarmTopic}. */
export interface AlarmTopicArgs {
  /** Email addresses that are notified of every alarm, once each has confirmed its subscription. */
  readonly emailAddresses: readonly string[];
  /**
   * Tags for every resource that takes tags.
   * @default none
   */
  readonly tags?: Tags;
}

/**
 * The SNS topic that the store's alarms notify. Only alarms of this account may publish to it, and only by
 * TLS.
 *
 * Its messages are not encrypted at rest: CloudWatch can't use SNS's AWS managed key, and a dedicated key
 * costs more than the topic. The messages contain metric names and numbers.
 *
 * @see https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
export class AlarmTopic extends pulumi.ComponentResource {
  /** The topic's ARN, available once alarms may publish to it. */
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:AlarmTopic", name, {}, opts);

    const topic = new aws.sns.Topic(
      `${name}-alarms`,
      { displayName: name, tags: named(args.tags ?? {}, `${name}-alarms`) },
      { parent: this },
    );
    const policy = this.createPolicy(name, topic);
    for (const endpoint of args.emailAddresses) {
      new aws.sns.TopicSubscription(
        `${name}-alarms-${endpoint}`,
        { topic: topic.arn, protocol: "email", endpoint },
        { parent: this },
      );
    }

    this.topicArn = pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs({ topicArn: this.topicArn });
  }

  private createPolicy(name: string, topic: aws.sns.Topic): aws.sns.TopicPolicy {
    const { partition, accountId, region } = awsScope(this);
    return new aws.sns.TopicPolicy(
      `${name}-alarms`,
      {
        arn: topic.arn,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "AlarmsPublish",
              Effect: "Allow",
              Principal: { Service: "cloudwatch.amazonaws.com" },
              Action: "sns:Publish",
              Resource: topic.arn,
              Condition: {
                StringEquals: { "aws:SourceAccount": accountId },
                ArnLike: {
                  "aws:SourceArn": pulumi.interpolate`arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*`,
                },
              },
            },
            {
              Sid: "TlsOnly",
              Effect: "Deny",
              Principal: "*",
              Action: "sns:Publish",
              Resource: topic.arn,
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ],
        }),
      },
      { parent: this },
    );
  }
}
