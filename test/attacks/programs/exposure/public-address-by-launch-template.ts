// The word for true is a text here.
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

network();
launchTemplate({ networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "true" }] });
