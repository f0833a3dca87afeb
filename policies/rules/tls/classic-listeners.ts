import { saysInternal } from "../../balancers";
import { isList, read, readList } from "../../read";
import { advice, describe, problem, violations } from "../../rule";
import type { Expectation, Subject, Violation } from "../../rule";

/** The protocols of listeners, of all generations of load balancers. */
export const PROTOCOL_NAMES = /^(HTTPS?|TLS|TCP|UDP|TCP_UDP|QUIC|TCP_QUIC|GENEVE|SSL)$/i;

const CLASSIC_FIX =
  "move to an Application Load Balancer, or write listeners: " +
  '[{ lbProtocol: "https", lbPort: 443, sslCertificateId: certificate.arn, … }]';

/** A reference must be set, but may be unknown until its resource exists. */
export const CERTIFICATE: Expectation = {
  accepts: (value) => typeof value === "string" && value !== "",
  allowed: "the ARN of a certificate",
};

/** Classic Load Balancers cannot redirect, so each of their listeners must serve TLS. */
export function judgeClassic(balancer: Subject): Violation[] {
  const report = saysInternal(balancer) ? advice : violations;
  const listeners = readList(balancer.props, ["listeners"]);
  if (!isList(listeners)) {
    const text = `listeners ${describe(listeners)}; it must be a literal list of listeners`;
    return report([text], CLASSIC_FIX, balancer.urn);
  }
  return listeners.flatMap((listener, index) => {
    const label = `listeners[${index}]`;
    if (listener.kind !== "known") {
      return report(
        [`${label} ${describe(listener)}; it must be a literal listener`],
        CLASSIC_FIX,
        balancer.urn,
      );
    }
    const certificate = read(listener.value, ["sslCertificateId"]);
    const problems = [
      problem(`${label}.lbProtocol`, read(listener.value, ["lbProtocol"]), {
        accepts: (value) => typeof value === "string" && /^(https|ssl)$/i.test(value),
        allowed: '"https" or "ssl", as a Classic Load Balancer cannot redirect',
        vocabulary: PROTOCOL_NAMES,
      }),
      certificate.kind === "unknown"
        ? undefined
        : problem(`${label}.sslCertificateId`, certificate, CERTIFICATE),
    ];
    return report(problems, CLASSIC_FIX, balancer.urn);
  });
}
