// The policy that the balancer is told to use allows TLS 1.0.
import { classicBalancer, classicTls } from "../../classic";
import { network } from "../../parts";

classicTls(classicBalancer(network().subnetIds), "ELBSecurityPolicy-2016-08");
