// Without a policy of its own a Classic Load Balancer speaks what it did in 2016: TLS 1.0.
import { classicBalancer } from "../../classic";
import { network } from "../../parts";

classicBalancer(network().subnetIds);
