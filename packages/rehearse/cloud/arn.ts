/** The parts of an ARN. `resource` includes the service's own separators. */
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

/** Parses an ARN; undefined if the text isn't one. */
export function parseArn(text: string): Arn | undefined {
  const [arn, partition = "", service = "", region = "", account = "", ...resource] = text.split(":");
  if (arn !== "arn" || resource.length === 0) return undefined;
  return { partition, service, region, account, resource: resource.join(":") };
}
