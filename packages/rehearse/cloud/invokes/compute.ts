/** Machine images, instance types, clusters, and the public SSM parameters that name images. */
import type { Value } from "../../values";
import { CREATED } from "../fill";
import { hex } from "../hash";
import type { Draft } from "../resources/draft";
import { zones } from "../regions";
import { type Answers, filters, matches, text, texts } from "./answer";

/**
 * The accounts behind the owner aliases. Amazon owns images through several accounts; this one is Amazon Linux's.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/finding-an-ami.html
 */
const OWNERS: Readonly<Record<string, string>> = {
  amazon: "137112412989",
  "aws-marketplace": "679593333241",
};

/** The id of an image with this name in the region. */
const imageId = (call: Draft, name: string): string => `ami-${hex(`${call.region} image ${name}`, 17)}`;

/** A name that matches a filter's pattern: `*` becomes the date on which everything was created. */
const namedLike = (pattern: string): string => pattern.replaceAll("*", "20250101").replaceAll("?", "0");

function image(call: Draft): Record<string, Value> {
  const wanted = filters(call.inputs);
  const byId = wanted.get("image-id")?.[0];
  const name = namedLike(
    wanted.get("name")?.[0] ?? call.text("nameRegex")?.replace(/[\^$\\]|[.][*+]/g, "") ?? "image",
  );
  const owner = texts(call.inputs["owners"])[0] ?? "amazon";
  const ownerId = owner === "self" ? call.accountId : (OWNERS[owner] ?? owner);
  const id = byId ?? imageId(call, `${ownerId} ${name}`);
  const windows = /windows/i.test(name);
  return {
    id,
    imageId: id,
    arn: call.arn("ec2", `image/${id}`).replace(`:${call.accountId}:`, "::"),
    architecture: wanted.get("architecture")?.[0] ?? (/arm64|aarch64/.test(name) ? "arm64" : "x86_64"),
    bootMode: "uefi-preferred",
    creationDate: CREATED.replace("Z", ".000Z"),
    deprecationTime: "",
    description: name,
    enaSupport: true,
    hypervisor: "xen",
    imageLocation: `${owner}/${name}`,
    imageOwnerAlias: owner in OWNERS ? owner : "",
    imageType: "machine",
    imdsSupport: "v2.0",
    kernelId: "",
    lastLaunchedTime: "",
    name,
    ownerId,
    platform: windows ? "windows" : "",
    platformDetails: windows ? "Windows" : "Linux/UNIX",
    public: owner !== "self",
    ramdiskId: "",
    rootDeviceName: windows || /ubuntu/.test(name) ? "/dev/sda1" : "/dev/xvda",
    rootDeviceType: wanted.get("root-device-type")?.[0] ?? "ebs",
    rootSnapshotId: `snap-${hex(`${id} snapshot`, 17)}`,
    sriovNetSupport: "simple",
    state: "available",
    tpmSupport: "",
    usageOperation: windows ? "RunInstances:0002" : "RunInstances",
    virtualizationType: wanted.get("virtualization-type")?.[0] ?? "hvm",
  };
}

/**
 * Public parameters that hold an image id: Amazon Linux, ECS, EKS, Bottlerocket, Ubuntu, Windows.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html
 */
const IMAGE_PARAMETERS =
  /^\/aws\/service\/(ami-[\w-]+-latest\/|(ecs|eks)\/optimized-ami\/|bottlerocket\/|canonical\/|debian\/)/;

function parameter(call: Draft): Record<string, Value> | undefined {
  const name = call.text("name") ?? "";
  if (!IMAGE_PARAMETERS.test(name)) return undefined;
  const id = imageId(call, name.replace(/\/image_id$/, ""));
  // ECS's `…/recommended` is a JSON text about the image; `…/recommended/image_id` is only the id.
  const value = /\/ecs\/optimized-ami\/.*\/recommended$/.test(name)
    ? JSON.stringify({ ecs_agent_version: "1.89.2", image_id: id, os: "Amazon Linux", schema_version: 1 })
    : id;
  return {
    id: name,
    name,
    arn: call.arn("ssm", `parameter${name}`).replace(`:${call.accountId}:`, "::"),
    insecureValue: value,
    value,
    type: "String",
    version: 1,
    withDecryption: call.inputs["withDecryption"] ?? true,
  };
}

/** Virtual CPUs by size. Burstable types of all small sizes have two. Source: EC2's instance type pages. */
const VCPUS: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

/** GiB of memory per virtual CPU by family letter. */
const MEMORY: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, x: 16 };

/** GiB of memory of burstable types. */
const BURSTABLE: Readonly<Record<string, number>> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

/** Facts that follow from an instance type's name; undefined for families without such rules. */
function instanceType(call: Draft): Record<string, Value> | undefined {
  const name = call.text("instanceType") ?? "";
  const [, family = "", generation = "", traits = "", size = ""] =
    /^([a-z]+)(\d)([a-z-]*)\.(\w+)$/.exec(name) ?? [];
  const burstable = family === "t";
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  const vcpus = times !== undefined ? 4 * Number(times) : burstable && size !== "xlarge" ? 2 : VCPUS[size];
  const gib = burstable ? BURSTABLE[size] : (MEMORY[family] ?? NaN) * (vcpus ?? NaN);
  if (vcpus === undefined || gib === undefined || Number.isNaN(gib)) return undefined;
  const arm = traits.includes("g");
  const threads = arm || (burstable && size === "nano") ? 1 : 2;
  return {
    id: name,
    instanceType: name,
    defaultVcpus: vcpus,
    defaultCores: Math.max(1, vcpus / threads),
    defaultThreadsPerCore: threads,
    memorySize: gib * 1024,
    burstablePerformanceSupported: burstable,
    currentGeneration: Number(generation) >= 3,
    bareMetal: false,
    hypervisor: "nitro",
    ebsOptimizedSupport: "default",
    ebsEncryptionSupport: "supported",
    ebsNvmeSupport: "required",
    enaSupport: "required",
    ipv6Supported: true,
    freeTierEligible: name === "t3.micro",
    instanceStorageSupported: traits.includes("d"),
    supportedArchitectures: [arm ? "arm64" : "x86_64"],
    supportedRootDeviceTypes: ["ebs"],
    supportedUsagesClasses: ["on-demand", "spot"],
    supportedVirtualizationTypes: ["hvm"],
    supportedPlacementStrategies: burstable ? ["partition", "spread"] : ["cluster", "partition", "spread"],
  };
}

/** The locations of the offered types, by the requested location type. */
function locations(call: Draft): string[] {
  const type = call.text("locationType") ?? "region";
  if (type === "region") return [call.region];
  const wanted = filters(call.inputs).get("location") ?? ["*"];
  const key = type === "availability-zone-id" ? "id" : "name";
  return zones(call.region)
    .map((zone) => zone[key])
    .filter((location) => matches(location, wanted));
}

/** The instance types that filters name explicitly: the real offers can't be made up. */
function namedTypes(call: Draft): string[] | undefined {
  const wanted = filters(call.inputs).get("instance-type") ?? [];
  const types = wanted.filter((type) => !/[*?]/.test(type));
  return types.length === wanted.length && types.length > 0 ? types : undefined;
}

/** Functions about computing. */
export const compute: Answers = {
  "aws:ec2/getAmi:getAmi": image,
  "aws:ec2/getAmiIds:getAmiIds": (call) => {
    const { id } = image(call);
    return { id: hex(`${call.region} ${text(id)}`, 8), ids: [id ?? ""] };
  },
  "aws:ssm/getParameter:getParameter": parameter,
  "aws:ec2/getInstanceType:getInstanceType": instanceType,
  "aws:ec2/getInstanceTypes:getInstanceTypes": (call) => {
    const types = namedTypes(call);
    return types && { id: call.region, instanceTypes: types };
  },
  "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering": (call) => {
    const offered = namedTypes(call);
    const preferred = texts(call.inputs["preferredInstanceTypes"]).find(
      (type) => offered?.includes(type) ?? true,
    );
    const type = preferred ?? offered?.[0];
    return type === undefined ? undefined : { id: type, instanceType: type, location: locations(call)[0] };
  },
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": (call) => {
    const types = namedTypes(call);
    if (types === undefined) return undefined;
    // The three lists run in parallel: one entry for each type in each location.
    const offers = locations(call).flatMap((location) => types.map((type) => ({ type, location })));
    return {
      id: call.region,
      instanceTypes: offers.map(({ type }) => type),
      locations: offers.map(({ location }) => location),
      locationTypes: offers.map(() => call.text("locationType") ?? "region"),
    };
  },
  "aws:ecs/getCluster:getCluster": (call) => {
    const name = call.text("clusterName") ?? "";
    const arn = name.startsWith("arn:") ? name : call.arn("ecs", `cluster/${name}`);
    return { id: arn, arn, status: "ACTIVE", tags: {} };
  },
};
