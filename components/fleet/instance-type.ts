/** The processor architectures that Amazon Linux 2023 has images for. */
export type Architecture = "arm64" | "x86_64";

/**
 * Matches series letters, generation digits, options, an optional suffix, a dot and a size: `c7gn.xlarge`,
 * `m7i-flex.large`.
 */
export const INSTANCE_TYPE =
  /^(?<series>[a-z]+)(?<generation>\d+)(?<options>[a-z]*)(?:-[a-z0-9]+)*\.(?:nano|micro|small|medium|(?:\d+)?x?large|metal(?:-\d+xl)?)$/;

/**
 * The architecture of an EC2 instance type, derived from its name: a `g` among the options after the
 * generation stands for AWS Graviton, as in `t4g` and `c7gn`, and the old series `a1` is Graviton too; all
 * others are x86. Mac instances don't run Linux.
 *
 * @returns undefined if the text is not an instance type that Amazon Linux runs on
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture | undefined {
  const { series, generation, options } = INSTANCE_TYPE.exec(instanceType)?.groups ?? {};
  if (series === undefined || options === undefined || series === "mac") return undefined;
  return options.includes("g") || `${series}${generation}` === "a1" ? "arm64" : "x86_64";
}

/** The architecture that all instance types share, or undefined if they share none. */
export function commonArchitecture(instanceTypes: readonly string[]): Architecture | undefined {
  const architectures = new Set(instanceTypes.map(architectureOf));
  const [architecture] = architectures;
  return architectures.size === 1 ? architecture : undefined;
}
