// The instance gives itself the address when it boots.
import { launchTemplate } from "../../fleet";

const script =
  "#!/bin/sh\naws ec2 associate-address --instance-id i --allocation-id eipalloc-0123456789abcdef0\n";
launchTemplate({ userData: Buffer.from(script).toString("base64") });
