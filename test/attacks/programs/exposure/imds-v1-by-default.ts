// The options are written out, but for the one that counts.
import { launchTemplate } from "../../fleet";
import { network } from "../../parts";

network();
launchTemplate({ metadataOptions: { httpEndpoint: "enabled", httpPutResponseHopLimit: 1 } });
