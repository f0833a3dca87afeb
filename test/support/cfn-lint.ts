/**
 * cfn-lint, AWS's own linter of CloudFormation templates (PyPI: cfn-lint), as a second opinion on programs. The tests
 * that need it are skipped where it isn't installed, and their titles say so: see `moto.ts`.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Schemas } from "../../bench/policies/cloudformation/schemas";
import { type Template, translate } from "../../bench/policies/cloudformation/translate";
import { cfnLint, REGION, writeTemplates } from "../../bench/policies/linters";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { ROOT } from "./rehearse";

const ENVIRONMENT = join(ROOT, ".venv");

/** CloudFormation's verdict on the resources of programs. */
export class Linter {
  private readonly schemas: Schemas;

  constructor() {
    const [python = ""] = readdirSync(join(ENVIRONMENT, "lib"));
    const folder = join(ENVIRONMENT, "lib", python, "site-packages", "cfnlint", "data", "schemas");
    this.schemas = new Schemas(folder, REGION);
  }

  /** The resources of an update as a template. */
  templateOf(resources: Iterable<Resource>): Template {
    return translate([...resources], this.schemas).template;
  }

  /**
   * The errors of templates, from one process, because cfn-lint takes seconds to start.
   *
   * @param templates - by keys that are valid file names
   * @returns the errors by the templates' keys, such as `E3012 AWS::SNS::Topic: … is not of type 'string'`
   */
  errorsOf(templates: ReadonlyMap<string, Template>): ReadonlyMap<string, readonly string[]> {
    const folder = mkdtempSync(join(tmpdir(), "templates-"));
    try {
      const reports = cfnLint(writeTemplates(folder, templates), join(ENVIRONMENT, "bin", "cfn-lint"));
      return new Map(
        [...templates].map(([key, { Resources }]) => [
          key,
          (reports.get(key) ?? [])
            .filter(({ fails }) => fails)
            .map(
              ({ check, resource, message }) =>
                `${check} ${Resources[resource]?.Type ?? "the template"}: ${message}`,
            ),
        ]),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
