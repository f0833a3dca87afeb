import { describe, problem, resourceRule, violations } from "../../rule";
import type { Subject, Violation } from "../../rule";
import { integer, isList, read, readList } from "../../read";
import { INSTANCE, isOf, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE, SPOT_FLEET } from "../../resources";
import { integerSetting } from "../../settings";

const FIX = 'metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }';

/** Whatever sets the options of the instance metadata service. */
export const imdsV2 = resourceRule({
  id: "imds-v2",
  area: "exposure",
  title: "Instance metadata takes a token, and stays on the instance",
  severity: "high",
  enforcementLevel: "advisory",
  level: "resource",
  description:
    "Instances answer metadata requests only with a token (IMDSv2), and only over as few network hops as " +
    "configured. A request forged through the application could otherwise fetch the credentials of its role.",
  remedy: `Launch template: { ${FIX} }.`,
  references: [
    ...["EC2.8", "EC2.170"].map((label) => ({
      label,
      url: `https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#${label.toLowerCase().replace(".", "-")}`,
    })),
    ...["AutoScaling.3", "AutoScaling.4"].map((label) => ({
      label,
      url: `https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#${label.toLowerCase().replace(".", "-")}`,
    })),
  ],
  settings: {
    hopLimit: integerSetting(
      1,
      64,
      1,
      "Most network hops a metadata answer may take; containers in networks of their own need 2.",
    ),
  },
  types: [...LAUNCH_TEMPLATE, ...LAUNCH_CONFIGURATION, ...INSTANCE, ...SPOT_FLEET],
  judge(resource, { hopLimit }) {
    if (isOf(SPOT_FLEET, resource)) return judgeSpotFleet(resource);
    const options = read(resource.props, ["metadataOptions"]);
    if (options.kind === "absent" && takesOptionsFromTemplate(resource)) return [];
    if (options.kind === "unknown" || (options.kind === "known" && typeof options.value !== "object")) {
      return violations([`metadataOptions ${describe(options)}; it must be written out`], FIX);
    }
    const at = (field: string) => read(options.kind === "known" ? options.value : undefined, [field]);
    const endpoint = at("httpEndpoint");
    if (endpoint.kind === "known" && endpoint.value === "disabled") return [];
    const hops = at("httpPutResponseHopLimit");
    return violations(
      [
        problem("metadataOptions.httpTokens", at("httpTokens"), {
          accepts: (value) => value === "required",
          allowed: '"required"',
          vocabulary: /^(required|optional)$/i,
          absentMeans: "what the image says, often no token",
        }),
        // Left out, the image decides, and no image of Amazon's says more than 2.
        hops.kind === "absent"
          ? undefined
          : problem("metadataOptions.httpPutResponseHopLimit", hops, {
              accepts: (value) => isWithin(integer(value), hopLimit),
              allowed: `left out, or a literal whole number from 1 to ${hopLimit} (setting hopLimit)`,
              vocabulary: /^\d{1,9}$/,
            }),
      ],
      FIX,
    );
  },
});

/** The API has no metadata options in launch specifications; a launch template is judged itself. */
function judgeSpotFleet({ props }: Subject): Violation[] {
  const specifications = readList(props, ["launchSpecifications"]);
  if (isList(specifications) ? specifications.length === 0 : specifications.kind === "absent") return [];
  return violations(
    ["launchSpecifications have no metadata options; they must be left out, for launchTemplateConfigs"],
    `launchTemplateConfigs: [{ launchTemplateSpecification: { id: template.id, version } }], with ${FIX} in the template`,
  );
}

function isWithin(hops: number | undefined, limit: number): boolean {
  return hops !== undefined && hops >= 1 && hops <= limit;
}

/** An instance without options of its own has those of its launch template, which is judged itself. */
function takesOptionsFromTemplate(resource: { readonly type: string; readonly props: unknown }): boolean {
  return isOf(INSTANCE, resource) && read(resource.props, ["launchTemplate"]).kind !== "absent";
}
