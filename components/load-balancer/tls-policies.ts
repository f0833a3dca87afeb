/**
 * The security policies that a listener may have: TLS 1.2 and 1.3 with forward secrecy and authenticated
 * encryption only. This is the list that AWS Security Hub's control ELB.17 accepts. `PQ` adds a post-quantum
 * key exchange, `FIPS` means FIPS 140-3 validated cryptography. Compare whole names: `TLS13-1-0-PQ-2025-09`
 * would allow TLS 1.0.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17
 */
export const TLS_POLICIES = [
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
] as const;

/** One of {@link TLS_POLICIES}. */
export type TlsPolicy = (typeof TLS_POLICIES)[number];
