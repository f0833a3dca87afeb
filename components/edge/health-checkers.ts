/**
 * The Regions of Route 53's health checkers, and the country of each.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (Regions)
 */
export const CHECKER_COUNTRIES = {
  "us-east-1": "US",
  "us-west-1": "US",
  "us-west-2": "US",
  "eu-west-1": "IE",
  "ap-southeast-1": "SG",
  "ap-southeast-2": "AU",
  "ap-northeast-1": "JP",
  "sa-east-1": "BR",
} as const;

/** A Region of Route 53's health checkers. */
export type CheckerRegion = keyof typeof CHECKER_COUNTRIES;
