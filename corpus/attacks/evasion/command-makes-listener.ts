// A shell command runs during the deployment.
import type { Expected } from "../../attack";
import { Foreign } from "../../foreign";
import { balancer, network } from "../../parts";

export const expected: Expected = { rule: "other-routes", says: /runs a command, which may create anything/ };

export function program(mended: boolean): void {
  const { arn } = balancer(network().subnetIds);
  if (mended) return;
  new Foreign("command:local:Command", "plain", {
    create: 'aws elbv2 create-listener --load-balancer-arn "$BALANCER" --protocol HTTP --port 80',
    environment: { BALANCER: arn },
  });
}
