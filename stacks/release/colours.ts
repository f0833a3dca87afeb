import { type Colour, COLOURS } from "../../components/colours";
import type { InstanceEndpoint } from "../../components/instance-endpoint";
import { endpointOf } from "../balancer/endpoint";
import type { Settings } from "../settings/schema";

/** A colour, according to the settings. */
export interface ColourPlan {
  readonly colour: Colour;
  /** Whether schedules and alarms apply to this colour. */
  readonly isLive: boolean;
  /** Weight, 0 to 999. */
  readonly weight: number;
  /** Minimum and maximum number of instances; both are 0 while the colour is empty. */
  readonly minSize: number;
  readonly maxSize: number;
  /** Id of the image; undefined for the newest Amazon Linux. */
  readonly imageId: string | undefined;
  readonly instanceTypes: readonly string[];
  /** The application of its instances. */
  readonly application: Settings["application"];
  /** How balancers reach its instances. */
  readonly endpoint: InstanceEndpoint;
  readonly part: "only" | "live" | "idle";
}

/**
 * The colours of a store: only blue, or both. The live colour always has instances.
 *
 * @param current - the live colour's sizes, which a peak may change from the settings'
 */
export function planColours(
  settings: Settings,
  current: Pick<Settings["fleet"], "minSize" | "maxSize"> = settings.fleet,
): ColourPlan[] {
  const {
    blueGreen,
    fleet: { imageId, instanceTypes },
    application,
    loadBalancing,
  } = settings;
  if (!blueGreen.enabled) {
    const endpoint = endpointOf(loadBalancing);
    const { minSize, maxSize } = current;
    const all = { minSize, maxSize, imageId, instanceTypes, application, endpoint };
    return [{ colour: "blue", isLive: true, weight: 1, part: "only", ...all }];
  }
  return COLOURS.map((colour) => {
    const own = blueGreen[colour];
    const isLive = colour === blueGreen.live;
    const idle = blueGreen.fillIdle ? settings.fleet : { minSize: 0, maxSize: 0 };
    const sizes = isLive ? current : idle;
    return {
      colour,
      isLive,
      weight: own.weight,
      minSize: sizes.minSize,
      maxSize: sizes.maxSize,
      imageId: own.imageId ?? imageId,
      instanceTypes: own.instanceTypes.length === 0 ? instanceTypes : own.instanceTypes,
      application: releaseOf(application, own),
      endpoint: endpointOf({
        ...loadBalancing,
        instanceProtocol: own.instanceProtocol ?? loadBalancing.instanceProtocol,
      }),
      part: isLive ? "live" : "idle",
    };
  });
}

/** Whether a colour has instances. */
export function isFilled({ maxSize }: Pick<ColourPlan, "maxSize">): boolean {
  return maxSize > 0;
}

/** The store's application, with the colour's own release if it has one. */
export function releaseOf(
  application: Settings["application"],
  own: Settings["blueGreen"]["blue"],
): Settings["application"] {
  const { artifactKey: key, artifactVersionId: versionId, artifactSha256: sha256, image } = own;
  return {
    ...application,
    artifact: key === undefined ? application.artifact : { ...application.artifact, key, versionId, sha256 },
    image: image ?? application.image,
  };
}
