import { isMap, type Value } from "../../values";
import { type Charge, type Charging, MILLION, type Subject, type Unknown } from "../charge";
import { at, flagAt, listAt, numberAt, textOf } from "../graph";
import { HOURS, instancePrice, type Price, priceOf } from "../prices";
import { type Averages, averageSizes, type ScheduledAction, scheduledSizes } from "../schedules";

/**
 * The metrics that EC2 sends every minute with detailed monitoring, each charged as a custom metric.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-cloudwatch-new.html
 */
const DETAILED_METRICS = 7;

/**
 * GiB of a root volume if its size depends on the image: that of Amazon Linux 2023.
 * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
 */
const IMAGE_GIB = 8;

/** The charges for a number of equal volumes, by their inputs. */
function volumeCharges(
  subject: Subject,
  volume: Value | undefined,
  fallback: number,
  count: Averages,
): Charge[] {
  const type = textOf(at(volume, "volumeType")) ?? textOf(at(volume, "type")) ?? "gp2";
  const size = numberAt(volume, "volumeSize") ?? numberAt(volume, "size") ?? fallback;
  const iops = numberAt(volume, "iops") ?? 0;
  const throughput = numberAt(volume, "throughput") ?? 0;
  const charge = (what: string, figure: string, each: number): Charge[] =>
    each <= 0 ? [] : [ofFleet(what, priceOf(figure, subject.region), count, each)];
  if (!(type in VOLUME_TYPES)) return [ofFleet(`${type} volumes`, undefined, count, size)];
  return [
    ...charge(`${type} volumes, ${size} GB each`, `${type}GbMonth`, size),
    // Included with a gp3 volume: https://aws.amazon.com/ebs/volume-types/
    ...(type === "gp3" ? charge("IOPS of gp3 over 3000", "gp3IopsMonth", iops - 3000) : []),
    ...(type === "gp3"
      ? charge("throughput of gp3 over 125 MiB/s", "gp3ThroughputMonth", throughput - 125)
      : []),
    ...(type === "io1" || type === "io2" ? charge(`IOPS of ${type}`, `${type}IopsMonth`, iops) : []),
  ];
}

const VOLUME_TYPES = { gp2: 1, gp3: 1, io1: 1, io2: 1, st1: 1, sc1: 1, standard: 1 };

/** A charge for each instance of a group. */
function ofFleet(description: string, price: Price | undefined, count: Averages, each = 1): Charge {
  return { description, price, quantity: count.least * each, most: count.most * each };
}

/** The launch settings of an instance, a launch template or a launch configuration. */
interface Launch {
  readonly subject: Subject;
  readonly type: string | undefined;
  readonly hasPublicAddress: boolean;
}

/** The charges for a number of instances with the same launch settings. */
function instanceCharges(
  { subject, type, hasPublicAddress }: Launch,
  count: Averages,
  spot: Averages,
  volumes = volumesOf(subject, count),
): (Charge | Unknown)[] {
  if (type === undefined) return [{ unknown: "the instance type isn't known" }];
  const tenancy = subject.text("tenancy") ?? subject.text("placement.tenancy") ?? "default";
  const price = tenancy === "default" ? instancePrice(type, subject.region) : undefined;
  const discount = subject.assumed("spotDiscountPercent") / 100;
  const hours = (share: Averages): Averages => ({ least: share.least * HOURS, most: share.most * HOURS });
  const onDemand = { least: count.least - spot.least, most: count.most - spot.most };
  const where = tenancy === "default" ? "" : `, tenancy ${tenancy}`;
  const charges: Charge[] = [
    ...(onDemand.most > 0 ? [ofFleet(`${type} on demand${where}`, price, hours(onDemand))] : []),
    ...(spot.most > 0
      ? [
          ofFleet(
            `${type} Spot, ${discount * 100} % off`,
            price && { ...price, usd: price.usd * (1 - discount) },
            hours(spot),
          ),
        ]
      : []),
    ...volumes,
  ];
  if (subject.flag("monitoring.enabled") ?? subject.flag("enableMonitoring") ?? subject.flag("monitoring"))
    charges.push(
      ofFleet(
        "metrics of detailed monitoring",
        priceOf("metricMonth", subject.region),
        count,
        DETAILED_METRICS,
      ),
    );
  if (hasPublicAddress)
    charges.push(ofFleet("public IPv4 addresses", priceOf("publicIpv4Hour", subject.region), hours(count)));
  return charges;
}

function volumesOf(subject: Subject, count: Averages): Charge[] {
  const mappings = subject.list("blockDeviceMappings").filter((mapping) => isMap(at(mapping, "ebs")));
  const root = at(subject.resource.inputs, "rootBlockDevice");
  const more = [
    ...mappings.slice(1).map((mapping) => at(mapping, "ebs")),
    ...subject.list("ebsBlockDevices"),
  ];
  return [
    ...volumeCharges(subject, at(mappings[0], "ebs") ?? root, IMAGE_GIB, count),
    ...more.flatMap((volume) => volumeCharges(subject, volume, IMAGE_GIB, count)),
  ];
}

/** Whether the launch assigns public addresses itself, or all of its subnets do. */
function givesAddresses(launch: Subject, subnets: readonly Subject[]): boolean {
  const own =
    launch.flag("associatePublicIpAddress") ??
    flagAt(listAt(launch.resource.inputs, "networkInterfaces")[0], "associatePublicIpAddress");
  return (
    own ?? (subnets.length > 0 && subnets.every((subnet) => subnet.flag("mapPublicIpOnLaunch") === true))
  );
}

const ONE: Averages = { least: 1, most: 1 };
const NONE: Averages = { least: 0, most: 0 };

const instance: Charging = (subject) => {
  const [template] = subject.linked("launchTemplate", "ec2/launchTemplate");
  const type = subject.text("instanceType") ?? template?.text("instanceType");
  const hasPublicAddress = givesAddresses(subject, subject.linked("subnetId", "ec2/subnet"));
  const isSpot = subject.text("instanceMarketOptions.marketType") === "spot";
  return instanceCharges({ subject, type, hasPublicAddress }, ONE, isSpot ? ONE : NONE);
};

/** The average sizes of a group, by its own sizes and scheduled actions, or by a usage file. */
function sizesOf(group: Subject): Averages {
  const used = group.usage("instances");
  if (used !== undefined) return { least: used, most: used };
  const [min, max] = [group.number("minSize") ?? 0, group.number("maxSize") ?? 0];
  const actions = group.graph
    .referring(group.resource, "autoscaling/schedule", "autoscalingGroupName")
    .map((schedule) => group.of(schedule))
    .flatMap((schedule): ScheduledAction[] => {
      const recurrence = schedule.text("recurrence");
      return recurrence === undefined ? [] : [{ recurrence, ...scheduledSizes(schedule.resource.inputs) }];
    });
  return averageSizes({ min, max, desired: group.number("desiredCapacity") }, actions);
}

const group: Charging = (subject) => {
  const mixed = subject.at("mixedInstancesPolicy");
  const launches = [
    ...subject.linked("launchTemplate", "ec2/launchTemplate"),
    ...subject.linked("mixedInstancesPolicy", "ec2/launchTemplate"),
    ...subject.linked("launchConfiguration", "ec2/launchConfiguration"),
  ];
  const [launch] = launches;
  if (launch === undefined) return [{ unknown: "its launch template or configuration isn't in the stack" }];
  const [override] = listAt(mixed, "launchTemplate.overrides");
  if (at(override, "instanceRequirements") !== undefined || launch.at("instanceRequirements") !== undefined)
    return [{ unknown: "AWS selects the instance types from its instanceRequirements" }];
  const weight = numberAt(override, "weightedCapacity") ?? 1;
  const sizes = sizesOf(subject);
  const count = { least: sizes.least / weight, most: sizes.most / weight };
  const base = numberAt(mixed, "instancesDistribution.onDemandBaseCapacity") ?? 0;
  const above = (numberAt(mixed, "instancesDistribution.onDemandPercentageAboveBaseCapacity") ?? 100) / 100;
  const isSpot =
    launch.text("instanceMarketOptions.marketType") === "spot" || launch.text("spotPrice") !== undefined;
  const spotOf = (instances: number): number =>
    isSpot ? instances : Math.max(0, instances - base / weight) * (1 - above);
  const type = textOf(at(override, "instanceType")) ?? launch.text("instanceType");
  const hasPublicAddress = givesAddresses(launch, subject.linked("vpcZoneIdentifiers", "ec2/subnet"));
  const spot = { least: spotOf(count.least), most: spotOf(count.most) };
  return [
    ...instanceCharges({ subject: launch, type, hasPublicAddress }, count, spot),
    ...warmPool(subject, launch),
  ];
};

/**
 * For stopped instances of a warm pool, only the volumes are charged.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html
 */
function warmPool(subject: Subject, launch: Subject): (Charge | Unknown)[] {
  if (subject.at("warmPool") === undefined) return [];
  if ((subject.text("warmPool.poolState") ?? "Stopped") === "Running")
    return [{ unknown: "the number of running instances in its warm pool isn't known" }];
  const size = subject.number("warmPool.minSize") ?? 0;
  return volumesOf(launch, { least: size, most: size }).map((charge) => ({
    ...charge,
    description: `warm pool: ${charge.description}`,
  }));
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html for the defaults */
const nodeGroup: Charging = (subject) => {
  if (subject.at("launchTemplate") !== undefined) return [{ unknown: "it has a launch template of its own" }];
  const type = textOf(subject.list("instanceTypes")[0]) ?? "t3.medium";
  const [least, most] = ["desiredSize", "maxSize"].map((size) => subject.number(`scalingConfig.${size}`));
  if (least === undefined || most === undefined) return [{ unknown: "its sizes aren't known" }];
  const count = { least, most };
  const hasPublicAddress = givesAddresses(subject, subject.linked("subnetIds", "ec2/subnet"));
  const spot = subject.text("capacityType") === "SPOT" ? count : NONE;
  const size = subject.number("diskSize") ?? 20;
  const disk = ofFleet(`gp3 volumes, ${size} GB each`, priceOf("gp3GbMonth", subject.region), count, size);
  return instanceCharges({ subject, type, hasPublicAddress }, count, spot, [disk]);
};

/** Tasks on Fargate; tasks on instances are charged through the instances. */
const service: Charging = (subject) => {
  const providers = subject
    .list("capacityProviderStrategies")
    .map((one) => textOf(at(one, "capacityProvider")));
  if (subject.text("launchType") !== "FARGATE" && !providers.some((name) => name?.startsWith("FARGATE"))) {
    const isOnInstances = subject.text("launchType") === "EC2" || providers.length > 0;
    return isOnInstances ? [] : [{ unknown: "its cluster's capacity providers decide where it runs" }];
  }
  if (providers.includes("FARGATE_SPOT")) return [{ unknown: "Fargate Spot has no fixed price" }];
  const [task] = subject.linked("taskDefinition", "ecs/taskDefinition");
  const [cpu, memory] = [task?.number("cpu"), task?.number("memory")];
  if (cpu === undefined || memory === undefined) return [{ unknown: "the size of its tasks isn't known" }];
  if (task?.text("runtimePlatform.cpuArchitecture") === "ARM64")
    return [{ unknown: "there is no price for Fargate on ARM64" }];
  const tasks = subject.number("desiredCount") ?? 1;
  return [
    subject.hourly("Fargate, vCPU", "fargateCpuHour", (tasks * cpu) / 1024),
    subject.hourly("Fargate, GB of memory", "fargateGbHour", (tasks * memory) / 1024),
  ];
};

const lambda: Charging = (subject) => {
  const requests = subject.usage("requests") ?? 0;
  const seconds = (requests * (subject.usage("milliseconds") ?? 0)) / 1000;
  const isArm = subject.list("architectures").includes("arm64");
  // 128 MB by default: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
  const gigabytes = (subject.number("memorySize") ?? 128) / 1024;
  return [
    subject.metered("requests", "requests", "lambdaRequestsMillion", MILLION),
    {
      ...subject.monthly("run time", isArm ? "lambdaArmGbSecond" : "lambdaGbSecond", seconds * gigabytes),
      usage: "requests, milliseconds",
    },
  ];
};

/** Services that run programs. */
export const COMPUTE: Readonly<Record<string, Charging>> = {
  "ec2/instance": instance,
  "ec2/spotInstanceRequest": (subject) => {
    const hasPublicAddress = givesAddresses(subject, subject.linked("subnetId", "ec2/subnet"));
    return instanceCharges({ subject, type: subject.text("instanceType"), hasPublicAddress }, ONE, ONE);
  },
  "autoscaling/group": group,
  "ebs/volume": (subject) => volumeCharges(subject, subject.resource.inputs, IMAGE_GIB, ONE),
  "ecs/service": service,
  "eks/cluster": (subject) => [subject.hourly("cluster", "kubernetesClusterHour")],
  "eks/nodeGroup": nodeGroup,
  "lambda/function": lambda,
};
