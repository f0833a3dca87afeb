// With two hops the answer gets to every container on the instance, and with it the instance's credentials.
import { launchTemplate, metadataOptions } from "../../fleet";
import { network } from "../../parts";

network();
launchTemplate({ metadataOptions: { ...metadataOptions, httpPutResponseHopLimit: 2 } });
