import assert from "node:assert/strict";
import { CATALOG } from "../../policies/catalog";
import { propertiesOfSdk } from "../support/sdk-properties";
import { NOT_IN_THE_PROMISE, ONLY_IN_STACKS } from "./opening-types";

/** Properties with which a type opens something to others, or sets how it communicates with them. */
const OPENS =
  /^(cidrs?|cidrBlocks?|cidrIpv[46]|ipv6Cidrs?|ipv6CidrBlocks?|ipRanges?|source\w*Cidrs?|allowed\w*Cidr\w*|associatePublicIpAddress|assignPublicIp|publiclyAccessible|mapPublicIpOnLaunch|publicAccess\w*|endpointPublicAccess|directInternetAccess|\w*[sS]slPolicy|tlsPolicy|tlsSecurityPolicy|securityPolicy|minimumProtocolVersion|\w*[pP]rotocolPolicy|enforceHttps|remoteAccess|ec2InboundPermissions|portInfos|acl)$/;

/** Properties that together launch something into a network. */
const PLACE = /^(subnets?|subnetIds?|vpcZoneIdentifiers)$/;
const MACHINE =
  /^(instanceTypes?|launchTemplate\w*|launchSpecifications|instanceClass|taskDefinition\w*|instanceRequirements|imageId|ami)$/;

describe("the SDK's resource types", () => {
  const opening = new Map<string, string[]>();
  before(() => {
    for (const [type, paths] of propertiesOfSdk()) {
      const last = (path: string): string => path.slice(path.lastIndexOf(".") + 1);
      const launches = [PLACE, MACHINE].every((names) => paths.some((path) => names.test(last(path))));
      const found = paths.filter((path) => OPENS.test(last(path)) || (launches && PLACE.test(last(path))));
      if (found.length > 0) opening.set(type, found);
    }
  });

  it("are read with their nested properties", () => {
    assert.ok(
      opening
        .get("aws:scheduler/schedule:Schedule")
        ?.includes("target.ecsParameters.networkConfiguration.assignPublicIp"),
    );
    assert.ok(
      opening.get("aws:lightsail/instancePublicPorts:InstancePublicPorts")?.includes("portInfos.cidrs"),
    );
  });

  it("are judged if they open something, or are listed as outside the promise", () => {
    const judged = new Set([
      ...CATALOG.flatMap((rule) =>
        rule.level === "resource" && rule.types !== "*" && rule.area !== "refused-by-aws" ? rule.types : [],
      ),
      ...ONLY_IN_STACKS,
    ]);
    const unknown = [...opening].filter(
      ([type]) => !judged.has(type) && !Object.hasOwn(NOT_IN_THE_PROMISE, type),
    );
    assert.deepEqual(Object.fromEntries(unknown), {}, "judge them, or say in opening-types.ts why not");
    const stale = Object.keys(NOT_IN_THE_PROMISE).filter((type) => judged.has(type) || !opening.has(type));
    assert.deepEqual(stale, [], "they are judged, or open nothing: take them out of opening-types.ts");
  });
});
