/**
 * The keys that ACM makes for public certificates. `EC_prime256v1` (ECDSA P-256) is as strong as RSA with
 * 3,072 bits and makes the shorter, faster handshake; every client that speaks TLS 1.2 knows it.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html#algorithms-term
 */
export const KEY_ALGORITHMS = ["EC_prime256v1", "EC_secp384r1", "RSA_2048"] as const;

/** One of {@link KEY_ALGORITHMS}. */
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];
