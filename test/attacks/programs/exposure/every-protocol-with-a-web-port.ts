// With protocol -1 EC2 ignores the ports, which are there for the reader.
import { securityGroup } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
securityGroup("web", vpc.id, {
  ingress: [{ protocol: "-1", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});
