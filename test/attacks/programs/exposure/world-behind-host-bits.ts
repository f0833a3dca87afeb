// EC2 drops the bits after the prefix: one office's address and /0 is everyone's.
import { allow, securityGroup } from "../../fleet";
import { network } from "../../parts";

const { vpc } = network();
allow("postgres", securityGroup("database", vpc.id), 5432, { cidrIpv4: "203.0.113.7/0" });
