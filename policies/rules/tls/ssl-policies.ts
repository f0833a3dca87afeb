/**
 * The security policies that a TLS listener should use, compared as full names: TLS 1.3, or TLS 1.2 with forward
 * secrecy and authenticated encryption only, each also in its FIPS and post-quantum forms. They are the parameter of
 * Security Hub control ELB.17 (https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17).
 */
export const SSL_POLICIES: readonly string[] = ["TLS13-1-3", "TLS13-1-2-Res"].flatMap((strength) =>
  ["2021-06", "FIPS-2023-04", "PQ-2025-09", "FIPS-PQ-2025-09"].map(
    (edition) => `ELBSecurityPolicy-${strength}-${edition}`,
  ),
);

/** The recommended policies with post-quantum key exchange. */
export const POST_QUANTUM_POLICIES: readonly string[] = SSL_POLICIES.filter((name) =>
  name.endsWith("PQ-2025-09"),
);

/**
 * The other policies without TLS 1.0 and 1.1, some of which allow older ciphers of TLS 1.2.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const TLS_1_2_POLICIES: readonly string[] = [
  ...["", "-Ext1", "-Ext2"].flatMap((ciphers) => ["2021-06", "PQ-2025-09"].map((of) => `${ciphers}-${of}`)),
  ...["", "-Ext0", "-Ext1", "-Ext2"].flatMap((ciphers) =>
    ["FIPS-2023-04", "FIPS-PQ-2025-09"].map((of) => `${ciphers}-${of}`),
  ),
  ...["RFC9151", "Ext0-RFC9151", ...[1, 2, 3, 4].map((number) => `RFC9151-INTEROP${number}`)].map(
    (ciphers) => `-${ciphers}-FIPS-2023-07`,
  ),
]
  .map((rest) => `ELBSecurityPolicy-TLS13-1-2${rest}`)
  .concat(
    ["TLS13-1-3-RFC9151-FIPS-2023-07", "TLS-1-2-2017-01", "TLS-1-2-Ext-2018-06"].map(
      (name) => `ELBSecurityPolicy-${name}`,
    ),
    ["FS-1-2-2019-08", "FS-1-2-Res-2019-08", "FS-1-2-Res-2020-10"].map((name) => `ELBSecurityPolicy-${name}`),
  );
