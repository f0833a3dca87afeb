/**
 * AWS's own API models, as botocore contains them. All AWS SDKs are generated from these models.
 *
 * Source: botocore `botocore/data/<service>/<version>/service-2.json.gz`, Apache-2.0.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ROOT } from "../files";

/** The type of a member, of a list's elements, or of an operation's input. */
export interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  /** Elements of a list. */
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  /** Whether exactly one member may be given. */
  readonly union?: boolean;
  readonly sensitive?: boolean;
  /** In the shape of an error. */
  readonly error?: { readonly code?: string };
}

/** A member of a structure: the name of its shape. */
export interface Member {
  readonly shape: string;
  readonly deprecated?: boolean;
}

/** An operation of a service. */
export interface Operation {
  readonly input?: Member;
  readonly deprecated?: boolean;
  /** The shapes of its errors. */
  readonly errors?: readonly Member[];
}

/** A service's model. */
export interface Model {
  /** botocore's name of the service, such as `elbv2`. */
  readonly service: string;
  readonly metadata: { readonly uid?: string; readonly serviceId: string; readonly endpointPrefix: string };
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The installed botocore. */
export interface Botocore {
  readonly version: string;
  readonly services: readonly string[];
  /** Reads a service's newest model, once. */
  model(service: string): Model;
}

/** @returns undefined if botocore is not installed: `.ci/run` installs `test/requirements.txt` into `.venv` */
export function findBotocore(): Botocore | undefined {
  const lib = join(ROOT, ".venv", "lib");
  const packages = (existsSync(lib) ? readdirSync(lib) : []).map((python) =>
    join(lib, python, "site-packages"),
  );
  for (const folder of packages) {
    const data = join(folder, "botocore", "data");
    if (!existsSync(data)) continue;
    const version = readdirSync(folder)
      .map((name) => /^botocore-(.+)\.dist-info$/.exec(name)?.[1])
      .find((found) => found !== undefined)!;
    const models = new Map<string, Model>();
    return {
      version,
      services: readdirSync(data).filter((name) => !name.includes(".")),
      model(service) {
        const known = models.get(service) ?? readModel(join(data, service), service);
        models.set(service, known);
        return known;
      },
    };
  }
  return undefined;
}

function readModel(folder: string, service: string): Model {
  const newest = readdirSync(folder).sort().at(-1)!;
  const packed = readFileSync(join(folder, newest, "service-2.json.gz"));
  return { ...(JSON.parse(gunzipSync(packed).toString("utf8")) as Omit<Model, "service">), service };
}
