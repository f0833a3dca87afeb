// The list has two elements, and the load balancer one subnet.
import { balancer } from "../../parts";

balancer(["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"]);
