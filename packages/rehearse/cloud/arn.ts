/** The parts of an ARN. `resource` keeps whatever separators the service uses. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/**
 * Joins the parts of an ARN.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function formatArn({ partition, service, region, account, resource }: Arn): string {
  return ["arn", partition, service, region, account, resource].join(":");
}

/** Splits an ARN; undefined if the text is none. */
export function parseArn(text: string): Arn | undefined {
  const [arn, partition = "", service = "", region = "", account = "", ...resource] = text.split(":");
  if (arn !== "arn" || resource.length === 0) return undefined;
  return { partition, service, region, account, resource: resource.join(":") };
}
