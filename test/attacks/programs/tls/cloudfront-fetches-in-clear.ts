// Viewers see HTTPS; CloudFront fetches from the origin over the internet in clear text.
import { distribution, origin } from "../../cloudfront";

distribution({
  origins: [
    { ...origin, customOriginConfig: { ...origin.customOriginConfig, originProtocolPolicy: "http-only" } },
  ],
});
