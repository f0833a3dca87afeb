import { describe, problem, resourceRule, violations } from "../../rule";
import type { Subject, Violation } from "../../rule";
import { integer, isList, read, readList } from "../../read";
import {
  INSTANCE,
  isOf,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  METADATA_DEFAULTS,
  SPOT_FLEET,
} from "../../resources";
import { integerSetting } from "../../settings";

const FIX = 'metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }';

/** Resources that set the options of the instance metadata service. */
export const imdsV2 = resourceRule({
  id: "imds-v2",
  area: "exposure",
  title: "Instance metadata requires a token and stays on the instance",
  severity: "high",
  enforcementLevel: "advisory",
  level: "resource",
  description:
    "Instances answer only metadata requests that carry a token (IMDSv2), over no more network hops than " +
    "configured. Otherwise a request forged through the application could fetch the credentials of its role.",
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
      "Maximum number of network hops of a metadata response; containers in their own network need 2.",
    ),
  },
  types: [...LAUNCH_TEMPLATE, ...LAUNCH_CONFIGURATION, ...INSTANCE, ...SPOT_FLEET, ...METADATA_DEFAULTS],
  judge(resource, { hopLimit }) {
    if (isOf(SPOT_FLEET, resource)) return judgeSpotFleet(resource);
    if (isOf(METADATA_DEFAULTS, resource)) return judgeDefaults(resource);
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
          absentMeans: "the default of the image, often no token",
        }),
        // If it is not set, the image decides; none of Amazon's images allow more than 2.
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

/** The defaults of a region; each instance may still have options of its own, which are judged separately. */
function judgeDefaults({ props }: Subject): Violation[] {
  const tokens = read(props, ["httpTokens"]);
  if (tokens.kind === "absent") return [];
  const found = problem("httpTokens", tokens, {
    accepts: (value) => value === "required" || value === "no-preference",
    allowed: '"required"',
    vocabulary: /^optional$/i,
  });
  return violations([found], 'httpTokens: "required"');
}

/** Launch specifications have no metadata options in the API; launch templates are judged separately. */
function judgeSpotFleet({ props }: Subject): Violation[] {
  const specifications = readList(props, ["launchSpecifications"]);
  if (isList(specifications) ? specifications.length === 0 : specifications.kind === "absent") return [];
  return violations(
    ["launchSpecifications have no metadata options; they must be replaced by launchTemplateConfigs"],
    `launchTemplateConfigs: [{ launchTemplateSpecification: { id: template.id, version } }], with ${FIX} in the template`,
  );
}

function isWithin(hops: number | undefined, limit: number): boolean {
  return hops !== undefined && hops >= 1 && hops <= limit;
}

/** An instance without its own options has those of its launch template, which is judged separately. */
function takesOptionsFromTemplate(resource: { readonly type: string; readonly props: unknown }): boolean {
  return isOf(INSTANCE, resource) && read(resource.props, ["launchTemplate"]).kind !== "absent";
}
