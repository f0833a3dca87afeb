import { type Colour, COLOURS } from "../components/colours";
import type { Settings } from "./definitions";

/** What the settings make of a colour. */
export interface ColourPlan {
  readonly colour: Colour;
  /** Whether schedules and alarms are for this one. */
  readonly isLive: boolean;
  /** Its share of visitors, 0 to 999. */
  readonly weight: number;
  /** Instances at the least and at the most; both are 0 while the colour is empty. */
  readonly minSize: number;
  readonly maxSize: number;
  /** Id of the image; empty for the newest Amazon Linux. */
  readonly imageId: string;
  readonly instanceTypes: readonly string[];
  readonly part: "only" | "live" | "idle";
}

/** The colours of a store: blue alone, or both, the live one always with instances. */
export function planColours(settings: Settings): ColourPlan[] {
  const { blueGreen, minSize, maxSize, imageId, instanceTypes } = settings;
  if (!blueGreen.enabled)
    return [
      { colour: "blue", isLive: true, weight: 1, minSize, maxSize, imageId, instanceTypes, part: "only" },
    ];
  return COLOURS.map((colour) => {
    const own = blueGreen[colour];
    const isLive = colour === blueGreen.live;
    const hasInstances = isLive || blueGreen.fillIdle;
    return {
      colour,
      isLive,
      weight: own.weight,
      minSize: hasInstances ? minSize : 0,
      maxSize: hasInstances ? maxSize : 0,
      imageId: own.imageId === "" ? imageId : own.imageId,
      instanceTypes: own.instanceTypes.length === 0 ? instanceTypes : own.instanceTypes,
      part: isLive ? "live" : "idle",
    };
  });
}

/** Whether a colour has instances. */
export function isFilled({ maxSize }: ColourPlan): boolean {
  return maxSize > 0;
}
