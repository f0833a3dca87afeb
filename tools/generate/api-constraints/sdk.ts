/** Reads what the installed `@pulumi/aws` accepts from its declarations, so that a new version needs no work here. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** The kind of value that a property holds, as far as a constraint can depend on it. */
export type Kind =
  | { readonly kind: "string" | "number" | "boolean" | "other" }
  | { readonly kind: "list" | "map"; readonly element: Kind }
  /** `fields` names an interface of {@link Sdk.interfaces}. */
  | { readonly kind: "object"; readonly fields: string };

/** A property that a program may set. */
export interface Property {
  readonly name: string;
  /** False if it is optional. */
  readonly required: boolean;
  readonly value: Kind;
  /** Its documentation in the declarations, in Markdown. */
  readonly documentation: string;
}

/** A resource type of the SDK. */
export interface ResourceType {
  /** Its type token, then those of earlier releases. */
  readonly tokens: readonly string[];
  /** Such as `lb`. */
  readonly module: string;
  /** Its class, such as `TargetGroup`. */
  readonly name: string;
  readonly properties: readonly Property[];
}

/** Everything that the generator needs to know about the SDK. */
export interface Sdk {
  readonly types: readonly ResourceType[];
  /** Interfaces of nested properties by namespace and name, such as `lb.TargetGroupHealthCheck`. */
  readonly interfaces: ReadonlyMap<string, readonly Property[]>;
}

let sdk: Sdk | undefined;

/** Reads the SDK. Takes some seconds, once. */
export function readSdk(): Sdk {
  return (sdk ??= read());
}

function read(): Sdk {
  const root = dirname(require.resolve("@pulumi/aws/package.json"));
  const modules = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    types: modules.flatMap(({ name }) => typesOf(join(root, name), name)),
    interfaces: interfacesIn(parse(join(root, "types", "input.d.ts"))),
  };
}

function typesOf(folder: string, module: string): ResourceType[] {
  return readdirSync(folder).flatMap((file) => {
    if (!file.endsWith(".js")) return [];
    const source = readFileSync(join(folder, file), "utf8");
    const own = /__pulumiType = '([^']+)'/.exec(source)?.[1];
    if (own === undefined) return [];
    const aliases = /aliases: \[([^\]]*)\]/.exec(source)?.[1] ?? "";
    const name = own.slice(own.lastIndexOf(":") + 1);
    const interfaces = interfacesIn(parse(join(folder, file.replace(/js$/, "d.ts"))));
    return [
      {
        tokens: [own, ...[...aliases.matchAll(/type: "([^"]+)"/g)].map(([, alias]) => alias!)],
        module,
        name,
        properties: interfaces.get(`${name}Args`) ?? [],
      },
    ];
  });
}

/** Parses a file from its first interface on, because the class before it is as long as the rest. */
function parse(path: string): ts.SourceFile {
  const [, text = ""] =
    /(^export (?:interface|declare namespace) [^]*)/m.exec(readFileSync(path, "utf8")) ?? [];
  return ts.createSourceFile(path, text, {
    languageVersion: ts.ScriptTarget.ESNext,
    // `propertyOf` reads comments unparsed.
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
}

function interfacesIn(
  source: ts.SourceFile,
  statements: readonly ts.Statement[] = source.statements,
  prefix = "",
  found = new Map<string, readonly Property[]>(),
): Map<string, readonly Property[]> {
  for (const statement of statements) {
    if (ts.isInterfaceDeclaration(statement)) {
      found.set(
        prefix + statement.name.text,
        statement.members.flatMap((member) => propertyOf(member, source)),
      );
    } else if (ts.isModuleDeclaration(statement) && statement.body && ts.isModuleBlock(statement.body)) {
      interfacesIn(source, statement.body.statements, `${prefix}${statement.name.text}.`, found);
    }
  }
  return found;
}

function propertyOf(member: ts.TypeElement, source: ts.SourceFile): Property[] {
  if (!ts.isPropertySignature(member) || !member.type || !ts.isIdentifier(member.name)) return [];
  return [
    {
      name: member.name.text,
      required: member.questionToken === undefined,
      value: kindOf(member.type) ?? { kind: "other" },
      documentation: source.text.slice(member.pos, member.getStart(source)).replace(/^\s*\/?\*+\/?/gm, ""),
    },
  ];
}

const KEYWORDS = new Map<ts.SyntaxKind, "string" | "number" | "boolean">([
  [ts.SyntaxKind.StringKeyword, "string"],
  [ts.SyntaxKind.NumberKeyword, "number"],
  [ts.SyntaxKind.BooleanKeyword, "boolean"],
]);

/** @returns undefined for the type `undefined` */
function kindOf(type: ts.TypeNode): Kind | undefined {
  const keyword = KEYWORDS.get(type.kind);
  if (keyword) return { kind: keyword };
  if (type.kind === ts.SyntaxKind.UndefinedKeyword) return undefined;
  if (ts.isArrayTypeNode(type)) return { kind: "list", element: kindOf(type.elementType)! };
  if (ts.isTypeLiteralNode(type)) {
    const index = type.members.find(ts.isIndexSignatureDeclaration);
    return index ? { kind: "map", element: kindOf(index.type)! } : { kind: "other" };
  }
  if (ts.isUnionTypeNode(type)) {
    // A string, one of the SDK's enum values, an ARN, or a role.
    const kinds = type.types.map(kindOf).filter((kind) => kind !== undefined);
    return (
      kinds.find(({ kind }) => kind === "string") ?? (kinds.length === 1 ? kinds[0]! : { kind: "other" })
    );
  }
  if (!ts.isTypeReferenceNode(type)) return { kind: "other" };
  const name = nameOf(type.typeName);
  if (name === "pulumi.Input") return kindOf(type.typeArguments![0]!);
  if (name.startsWith("inputs.")) return { kind: "object", fields: name.slice("inputs.".length) };
  return name === "ARN" || name.startsWith("enums.") ? { kind: "string" } : { kind: "other" };
}

function nameOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${nameOf(name.left)}.${name.right.text}`;
}
