/** The processor architectures that Amazon Linux 2023 has images for. */
export type Architecture = "arm64" | "x86_64";

/**
 * Series letters, generation digits, options, an optional suffix, a dot, a size: `c7gn.xlarge`,
 * `m7i-flex.large`.
 */
export const INSTANCE_TYPE =
  /^(?<series>[a-z]+)(?<generation>\d+)(?<options>[a-z]*)(?:-[a-z0-9]+)*\.(?:nano|micro|small|medium|(?:\d+)?x?large|metal(?:-\d+xl)?)$/;

/**
 * The architecture of an EC2 instance type, read from its name: a `g` among the options behind the generation
 * stands for AWS Graviton, as in `t4g` and `c7gn`, and so does the old series `a1`; all others are x86. A Mac
 * runs no Linux.
 *
 * @returns undefined when the text is no instance type that Amazon Linux runs on
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture | undefined {
  const { series, generation, options } = INSTANCE_TYPE.exec(instanceType)?.groups ?? {};
  if (series === undefined || options === undefined || series === "mac") return undefined;
  return options.includes("g") || `${series}${generation}` === "a1" ? "arm64" : "x86_64";
}

/** The architecture that all instance types share, or undefined when they share none. */
export function commonArchitecture(instanceTypes: readonly string[]): Architecture | undefined {
  const architectures = new Set(instanceTypes.map(architectureOf));
  const [architecture] = architectures;
  return architectures.size === 1 ? architecture : undefined;
}
