import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Resource } from "../../../packages/rehearse/engine/resource";
import { parseExport, readExport } from "../../../packages/rehearse/report/read-export";
import { fixture, rehearseHere, ROOT } from "../../../test/support/rehearse";
import { PACKS_HERE } from "../../../test/support/warm-host";
import { random } from "../../policies/faults/fault";

/** The programs to change, each with its module. */
const PROGRAMS = [
  ["plain-resources", "index.ts"],
  ["nested-components", "index.ts"],
  ["resource-options", "index.ts"],
  ["transforms", "index.ts"],
  ["async-main", "index.ts"],
  ["typed-config", "index.ts"],
  ["javascript-commonjs", "app.js"],
  ["bad-and-good-buckets", "index.js"],
] as const;

/** Time limit of a program, in seconds. A run that takes twice as long counts as a hang. */
const TIMEOUT = 30;

/** The outcome of a changed program. */
export interface Outcome {
  /** The program's name and the change. */
  readonly program: string;
  readonly change: string;
  readonly status: number | null;
  readonly seconds: number;
  readonly output: string;
  /** The resources that it declares, if it is allowed. */
  readonly resources: readonly Resource[];
}

/** A source text with one change, and the description of the change. */
interface Mutant {
  readonly change: string;
  readonly text: string;
}

/** Statements that are inserted between the program's statements. */
const THROWN = [
  "throw undefined;",
  "throw null;",
  'throw "a text";',
  "throw { message: 5 };",
  "throw Object.create(null);",
  "throw new Proxy(new Error(), { get() { throw 1; } });",
  'throw Object.assign(new Error("odd"), { stack: undefined });',
  "process.exit(0);",
  "process.exit(7);",
  "process.kill(process.pid, 'SIGKILL');",
  "Promise.reject(new Error('nobody waits'));",
  "Promise.reject();",
  "new Promise(() => setInterval(() => undefined, 1000));",
  "setTimeout(() => { throw new Error('late'); }, 100);",
  "process.stdout.write('x'.repeat(2_000_000));",
  "process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0x1b, 0x5b, 0x32, 0x4a]));",
  "console.error('\\u0000\\u001b[2J');",
  "for (;;) {}",
  "(function again() { again(); })();",
  "require('no-such-package');",
  "globalThis.JSON = undefined;",
  "Array.prototype.map = undefined;",
  "Object.prototype.polluted = 'yes';",
  "delete process.env.PULUMI_CONFIG;",
  "process.chdir('/');",
];

/** Expressions that replace a value. */
const VALUES = [
  "undefined",
  "null",
  "NaN",
  "-1",
  '""',
  '"no-such-word"',
  "[]",
  "{}",
  "1e999",
  "() => 1",
  "Symbol()",
  "10n",
];
const OTHERS = [
  '"a".repeat(300)',
  "1_000_000_000",
  "new Date(NaN)",
  "Promise.reject(new Error('value'))",
  "new Promise(() => {})",
];

/** Makes one change in a source text. */
export function mutate(source: string, draw: () => number): Mutant {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(draw() * items.length)]!;
  const replaced = (matches: readonly RegExpExecArray[], by: (match: RegExpExecArray) => string): Mutant => {
    const match = matches.length === 0 ? undefined : pick(matches);
    if (match === undefined) return mutate(source, draw);
    const put = by(match);
    if (put === match[0]) return mutate(source, draw);
    const text = source.slice(0, match.index) + put + source.slice(match.index + match[0].length);
    return { change: `${JSON.stringify(match[0])} became ${JSON.stringify(put)}`, text };
  };
  const all = (pattern: RegExp): RegExpExecArray[] => [...source.matchAll(pattern)];
  const lines = source.split("\n");
  const kinds = [
    () => replaced(all(/[A-Za-z_]\w*|"[^"\n]*"|\d+|[^\s\w"]/g), () => ""),
    () =>
      replaced(all(/\b[a-z]\w*(?=:)/g), ([name]) =>
        pick([`${name}s`, name.toUpperCase(), "__proto__", "constructor", `"${name} "`]),
      ),
    () => replaced(all(/(?<=: )("[^"\n]*"|\d+|true|false|\w+\.\w+)/g), () => pick([...VALUES, ...OTHERS])),
    () =>
      replaced(all(/(?<=aws\.)\w+\.\w+/g), () =>
        pick(["ec2.Vpc", "s3.Bucket", "sns.Topic", "no.Such", "ec2.NoSuch", "lb.Listener", "iam.Role"]),
      ),
    () =>
      replaced(all(/(?<=\()"[^"\n]*"/g), () =>
        pick([
          '""',
          '"a b"',
          '"a::b"',
          '"\\u0000"',
          '"x".repeat(3000)',
          '"ü漢😀"',
          "5 as never",
          "undefined",
        ]),
      ),
    () => {
      const at = Math.floor(draw() * (lines.length + 1));
      const thrown = pick(THROWN);
      return {
        change: `${thrown} before line ${at + 1}`,
        text: [...lines.slice(0, at), thrown, ...lines.slice(at)].join("\n"),
      };
    },
    () => {
      const at = Math.floor(draw() * lines.length);
      return {
        change: `line ${at + 1} is there twice`,
        text: [...lines.slice(0, at + 1), ...lines.slice(at)].join("\n"),
      };
    },
  ];
  return pick(kinds)();
}

/**
 * Changes programs, and rehearses an update of each with the policies.
 *
 * @param seed - the same seed gives the same changes
 * @param take - called with each outcome
 */
export async function rehearseMutants(
  count: number,
  seed: number,
  signal: AbortSignal,
  take: (outcome: Outcome) => void,
): Promise<void> {
  const draw = random(seed);
  for (let index = 0; index < count && !signal.aborted; index++) {
    const [program, module] = PROGRAMS[index % PROGRAMS.length]!;
    const source = readFileSync(join(fixture(program), module), "utf8");
    const { change, text } = index < PROGRAMS.length ? { change: "", text: source } : mutate(source, draw);
    take(await rehearseOne(program, module, text, change));
  }
}

async function rehearseOne(program: string, module: string, text: string, change: string): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "mutant-"));
  const started = Date.now();
  try {
    cpSync(fixture(program), folder, { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, module), text);
    const state = join(folder, "state.json");
    const { status, stdout, stderr } = await rehearseHere(
      [
        "dev",
        "--program",
        folder,
        "--policy-pack",
        join(ROOT, "policies"),
        "--mode",
        "up",
        "--timeout",
        String(TIMEOUT),
        "--export",
        state,
      ],
      PACKS_HERE,
    );
    const seconds = (Date.now() - started) / 1000;
    const resources = status === 0 && existsSync(state) ? readExport(parseExport(state, "state")) : [];
    return { program, change, status, seconds, output: stdout + stderr, resources };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The fault in the way a rehearsal ended; undefined if there is none. */
export function faultOf({ status, seconds, output }: Outcome): string | undefined {
  if (/^\s+at .*(packages[\\/]rehearse|bin\.cjs|test[\\/]support)/m.test(output))
    return "a stack trace of the rehearsal";
  if (seconds > 2 * TIMEOUT) return `it hung for ${Math.round(seconds)} s`;
  if (status === null || status > 3) return `it ended with status ${status}`;
  if (status !== 0 && !/error|refused|mandatory|rehearse:|unjudged/i.test(output))
    return "it failed without a message";
  return undefined;
}
