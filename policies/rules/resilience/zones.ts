import { integerSetting } from "../../settings";

/** The setting of the rules about zones. */
export const zonesSetting = integerSetting(
  2,
  6,
  2,
  "Availability Zones that a load balancer or group has to lie in.",
);
