// The default behavior redirects; the one for images takes plain HTTP.
import { behavior, distribution } from "../../cloudfront";

distribution({
  orderedCacheBehaviors: [{ ...behavior, pathPattern: "/images/*", viewerProtocolPolicy: "allow-all" }],
});
