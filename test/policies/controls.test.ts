import assert from "node:assert/strict";

import { CATALOG, policies } from "../../policies/catalog";
import { frameworkOf } from "../../policies/controls";

const NIST = "NIST SP 800-53 Rev. 5";
const PCI = "PCI DSS v3.2.1";
const CIS = "CIS AWS Foundations Benchmark";

/** All controls, by the requirements to which AWS relates them. */
const RELATED: Readonly<Record<string, string>> = {
  "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)": "CloudFront.10",
  "AC-17(2) AC-4 IA-5(1) SC-12(3) SC-13 SC-23 SC-23(3) SC-7(4) SC-8 SC-8(1) SC-8(2) SI-7(6)":
    "CloudFront.3 CloudFront.9 ELB.1 ELB.3 ELB.8 Opensearch.8 S3.5",
  "AC-2(1) AC-3 AC-3(15) AC-3(7) AC-6": "S3.12",
  "AC-21 AC-3 AC-3(7) AC-4 AC-4(21) AC-6 SC-7 SC-7(11) SC-7(16) SC-7(20) SC-7(21) SC-7(3) SC-7(4) SC-7(9)":
    "EC2.9 EC2.15 EC2.25 ECS.2",
  "AC-3 AC-3(15) AC-3(7) AC-6": "EC2.8",
  "AC-3 AC-3(15) AC-3(7) AC-6 CA-9(1) CM-2": "AutoScaling.3",
  "AC-4 AC-4(21) CA-9(1) CM-2 CM-2(2) CM-7 SC-7 SC-7(11) SC-7(16) SC-7(21) SC-7(4) SC-7(5)": "EC2.19",
  "AC-4 AC-4(21) SC-7 SC-7(11) SC-7(16) SC-7(21) SC-7(4) SC-7(5)": "EC2.2 EC2.18",
  "AC-4(21)": "CloudFront.6",
  "AC-4(21) CA-9(1) CM-2": "ELB.12 ELB.14",
  "AC-4(26) AU-10 AU-12 AU-2 AU-3 AU-6(3) AU-6(4) CA-7 SC-7(9) SI-7(8)": "ELB.5",
  "AC-4(26) AU-12 AU-2 AU-3 AU-6(3) AU-6(4) CA-7 SI-7(8)": "EC2.6",
  "CA-7 CP-2(2) SI-2": "AutoScaling.1",
  "CA-9(1) CM-2": "WAF.10",
  "CA-9(1) CM-2 CM-2(2)": "AutoScaling.4 AutoScaling.9",
  "CA-9(1) CM-2 CM-2(2) CM-3 SC-5(2)": "ELB.6",
  "CP-10 CP-2(2) CP-6(2) SC-36 SC-5(2) SI-13(5)": "AutoScaling.2 AutoScaling.6",
  "CP-10 CP-6(2) SC-36 SC-5(2) SI-13(5)": "ELB.10 ELB.13",
  "SC-7(4) SC-8(2)": "ELB.4",
  // Controls that AWS has added since then.
  "": "ACM.2 AutoScaling.5 CloudFront.15 EC2.170 ELB.16 ELB.17 ELB.18 ELB.21 ELB.22",
};

/** The requirements of other frameworks, by control; few controls answer any. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  "AutoScaling.1": [`${PCI} 2.2`],
  "EC2.2": [`${PCI} 1.2.1`, `${PCI} 1.3.4`, `${PCI} 2.1`, `${CIS} v1.2.0/4.3`, `${CIS} v1.4.0/5.3`],
  "EC2.6": [
    ...["10.3.3", "10.3.4", "10.3.5", "10.3.6"].map((id) => `${PCI} ${id}`),
    `${CIS} v1.2.0/2.9`,
    `${CIS} v1.4.0/3.9`,
  ],
  "ELB.1": [`${PCI} 2.3`, `${PCI} 4.1`],
  "S3.5": [`${PCI} 4.1`, `${CIS} v1.4.0/2.1.2`],
};

/** The requirements outside AWS's own framework that a policy with these references answers, sorted. */
const specified = (...labels: readonly string[]): string[] | undefined =>
  frameworkOf(labels)
    ?.specification?.split(", ")
    .filter((requirement) => requirement !== "")
    .sort();

/** Source: the AWS Security Hub User Guide, "Related requirements" of each control, edition of 15 June 2023. */
describe("The requirements that a Security Hub control answers", () => {
  for (const [related, controls] of Object.entries(RELATED)) {
    for (const control of controls.split(" ")) {
      it(`are those that AWS publishes for ${control}`, () => {
        const ids = related.split(" ").filter((id) => id !== "");
        const wanted = [...ids.map((id) => `${NIST} ${id}`), ...(OTHERS[control] ?? [])];
        assert.deepEqual(specified(control), wanted.sort());
      });
    }
  }

  it("are tested for every control that the pack refers to", () => {
    const told = Object.values(RELATED).flatMap((controls) => controls.split(" "));
    const named = policies.flatMap(({ framework }) => framework?.reference?.split(", ") ?? []);
    assert.deepEqual(new Set(named), new Set(told));
  });

  it("are listed once if two controls answer the same ones", () =>
    assert.deepEqual(specified("ELB.12", "WAF.10", "ELB.14"), specified("ELB.12")));

  it("are empty for a page that is not a control", () => {
    for (const label of ["CIS AWS 5.4", "TLS 1.3.4", "REL11-BP01", "ELB.1 and others", "ELB.x"])
      assert.equal(frameworkOf([label]), undefined, label);
  });

  it("name the controls under AWS Foundational Security Best Practices", () => {
    for (const [index, { references }] of CATALOG.entries()) {
      const controls = references.map(({ label }) => label).filter((label) => /^[A-Z]\w+\.\d+$/.test(label));
      const { name, version, reference } = policies[index]?.framework ?? {};
      assert.deepEqual(
        [name, version, reference],
        controls.length === 0
          ? [undefined, undefined, undefined]
          : ["AWS Foundational Security Best Practices", "1.0.0", controls.join(", ")],
      );
    }
  });
});
