import type { PolicyComplianceFramework } from "@pulumi/policy";

/**
 * The requirements of other frameworks that a Security Hub control covers: IDs separated by spaces, CIS's with its
 * version.
 */
interface Requirements {
  readonly nist?: string;
  readonly pci?: string;
  readonly cis?: string;
}

/** The frameworks that {@link Requirements} names. */
const FRAMEWORKS = {
  nist: "NIST SP 800-53 Rev. 5",
  pci: "PCI DSS v3.2.1",
  cis: "CIS AWS Foundations Benchmark",
} as const satisfies Record<keyof Requirements, string>;

const FSBP = "AWS Foundational Security Best Practices";

/**
 * By control, the related requirements that AWS publishes. Controls that AWS has added later are not listed, and belong
 * only to its own framework.
 *
 * Source: the AWS Security Hub User Guide, pages of controls, edition of June 2023.
 */
const CONTROLS: Readonly<Record<string, Requirements>> = {
  "AutoScaling.1": { pci: "2.2", nist: "CA-7 CP-2(2) SI-2" },
  "AutoScaling.2": { nist: "CP-10 CP-2(2) CP-6(2) SC-36 SC-5(2) SI-13(5)" },
  "AutoScaling.3": { nist: "AC-3 AC-3(15) AC-3(7) AC-6 CA-9(1) CM-2" },
  "AutoScaling.4": { nist: "CA-9(1) CM-2 CM-2(2)" },
  "AutoScaling.6": { nist: "CP-10 CP-2(2) CP-6(2) SC-36 SC-5(2) SI-13(5)" },
  "AutoScaling.9": { nist: "CA-9(1) CM-2 CM-2(2)" },
  "CloudFront.10": {
    nist: "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)",
  },
  "CloudFront.3": {
    nist: "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)",
  },
  "CloudFront.6": { nist: "AC-4(21)" },
  "CloudFront.9": {
    nist: "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)",
  },
  "EC2.15": {
    nist: "AC-21 AC-3 AC-3(7) AC-4 AC-4(21) AC-6 SC-7 SC-7(11) SC-7(16) SC-7(20) SC-7(21) SC-7(3) SC-7(4) SC-7(9)",
  },
  "EC2.18": { nist: "AC-4 AC-4(21) SC-7 SC-7(11) SC-7(16) SC-7(21) SC-7(4) SC-7(5)" },
  "EC2.19": {
    nist: "AC-4 AC-4(21) CA-9(1) CM-2 CM-2(2) CM-7 SC-7 SC-7(11) SC-7(16) SC-7(21) SC-7(4) SC-7(5)",
  },
  "EC2.2": {
    pci: "1.2.1 1.3.4 2.1",
    cis: "v1.2.0/4.3 v1.4.0/5.3",
    nist: "AC-4 AC-4(21) SC-7 SC-7(11) SC-7(16) SC-7(21) SC-7(4) SC-7(5)",
  },
  "EC2.25": {
    nist: "AC-21 AC-3 AC-3(7) AC-4 AC-4(21) AC-6 SC-7 SC-7(11) SC-7(16) SC-7(20) SC-7(21) SC-7(3) SC-7(4) SC-7(9)",
  },
  "EC2.6": {
    cis: "v1.2.0/2.9 v1.4.0/3.9",
    pci: "10.3.3 10.3.4 10.3.5 10.3.6",
    nist: "AC-4(26) AU-12 AU-2 AU-3 AU-6(3) AU-6(4) CA-7 SI-7(8)",
  },
  "EC2.8": { nist: "AC-3 AC-3(15) AC-3(7) AC-6" },
  "EC2.9": {
    nist: "AC-21 AC-3 AC-3(7) AC-4 AC-4(21) AC-6 SC-7 SC-7(11) SC-7(16) SC-7(20) SC-7(21) SC-7(3) SC-7(4) SC-7(9)",
  },
  "ECS.2": {
    nist: "AC-21 AC-3 AC-3(7) AC-4 AC-4(21) AC-6 SC-7 SC-7(11) SC-7(16) SC-7(20) SC-7(21) SC-7(3) SC-7(4) SC-7(9)",
  },
  "ELB.1": {
    pci: "2.3 4.1",
    nist: "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)",
  },
  "ELB.10": { nist: "CP-10 CP-6(2) SC-36 SC-5(2) SI-13(5)" },
  "ELB.12": { nist: "AC-4(21) CA-9(1) CM-2" },
  "ELB.13": { nist: "CP-10 CP-6(2) SC-36 SC-5(2) SI-13(5)" },
  "ELB.14": { nist: "AC-4(21) CA-9(1) CM-2" },
  "ELB.3": {
    nist: "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)",
  },
  "ELB.4": { nist: "SC-7(4) SC-8(2)" },
  "ELB.5": { nist: "AC-4(26) AU-10 AU-12 AU-2 AU-3 AU-6(3) AU-6(4) CA-7 SC-7(9) SI-7(8)" },
  "ELB.6": { nist: "CA-9(1) CM-2 CM-2(2) CM-3 SC-5(2)" },
  "ELB.8": {
    nist: "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)",
  },
  "Opensearch.8": {
    nist: "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)",
  },
  "S3.12": { nist: "AC-2(1) AC-3 AC-3(15) AC-3(7) AC-6" },
  "S3.5": {
    pci: "4.1",
    cis: "v1.4.0/2.1.2",
    nist: "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)",
  },
  "WAF.10": { nist: "CA-9(1) CM-2" },
};

/** A requirement of a framework. */
export interface Requirement {
  readonly framework: string;
  readonly id: string;
}

/** Whether a reference names a control of Security Hub, such as `ELB.1`. */
export function isControl(label: string): boolean {
  return /^[A-Za-z0-9]+\.\d+$/.test(label);
}

/**
 * The requirements that some controls cover: the controls themselves, and those that AWS relates to them, each once.
 */
export function requirementsOf(controls: readonly string[]): Requirement[] {
  const related = controls.flatMap((control) =>
    Object.entries(CONTROLS[control] ?? {}).flatMap(([framework, ids]: [string, string]) =>
      ids.split(" ").map((id) => ({ framework: FRAMEWORKS[framework as keyof Requirements], id })),
    ),
  );
  const all = [...controls.map((id) => ({ framework: FSBP, id })), ...related];
  return all.filter(
    (one, index) =>
      all.findIndex(({ framework, id }) => framework === one.framework && id === one.id) === index,
  );
}

/** The requirements in the SDK's form: one framework, whose specification lists the others. */
export function frameworkOf(labels: readonly string[]): PolicyComplianceFramework | undefined {
  const controls = labels.filter(isControl);
  if (controls.length === 0) return undefined;
  const others = requirementsOf(controls).filter(({ framework }) => framework !== FSBP);
  return {
    name: FSBP,
    version: "1.0.0",
    reference: controls.join(", "),
    specification: others.map(({ framework, id }) => `${framework} ${id}`).join(", "),
  };
}
