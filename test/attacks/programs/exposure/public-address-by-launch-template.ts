// The word for true is a text here.
import { launchTemplate, openGroup } from "../../fleet";
import { network } from "../../parts";

const securityGroups = [openGroup(network().vpc.id).id];
launchTemplate({ networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "true", securityGroups }] });
