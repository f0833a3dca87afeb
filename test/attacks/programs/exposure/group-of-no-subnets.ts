// By zones alone a group launches into the default VPC.
import { fleet, launchTemplate } from "../../fleet";

const { vpcZoneIdentifiers: _, ...zonal } = {
  vpcZoneIdentifiers: [],
  availabilityZones: ["eu-west-1a", "eu-west-1b"],
};
fleet(launchTemplate(), [], zonal);
