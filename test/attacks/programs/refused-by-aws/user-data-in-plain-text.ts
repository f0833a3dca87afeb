// The provider encodes the user data of an instance, but not that of a launch template.
import { launchTemplate } from "../../fleet";

launchTemplate({ userData: "#!/bin/sh\n/opt/shop/start\n" });
