import { isList, jsonOf, read, readList } from "./read";
import type { Reading } from "./read";
import { readEach } from "./read-each";

/** A file that user data writes. */
export interface WrittenFile {
  /** Its path; undefined if it is not known. */
  readonly path: string | undefined;
  readonly text: string;
}

/**
 * The files that a text writes: by here-documents and `echo` of a shell, or by `write_files` of cloud-init. A text that
 * writes none counts as a file itself, which was encoded in another text.
 */
export function filesIn(text: string): WrittenFile[] {
  const files: WrittenFile[] = filesInJson(text);
  if (files.length > 0) return files;
  const rest: string[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const command = OF_A_SHELL.exec(line);
    const group = /^\s*[{(]\s*$/.test(line) ? groupAt(lines, at) : undefined;
    const marker = /(?<!<)<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2];
    const quoted = /^\s*(?:-\s+)?content\s*:\s*(?:"((?:\\.|[^"\\])*)"|'((?:''|[^'])*)')\s*$/.exec(line);
    const block = /^(\s*(?:-\s+)?)content\s*:\s*[|>][-+\d]*\s*$/.exec(line);
    if (marker !== undefined) {
      const end = endOf(lines, at + 1, (other) => other.trim() === marker);
      add(files, pathIn(line), lines.slice(at + 1, end).join("\n"), />>|-a\b/.test(line));
      at = end;
    } else if (command) {
      const [, double, single] = command;
      const own = filesIn(double?.replace(/\\(["$`\\])/g, "$1") ?? single ?? "");
      for (const { path, text: content } of own) if (path !== undefined) add(files, path, content, false);
      if (own.every(({ path }) => path === undefined)) rest.push(line);
    } else if (group) {
      add(files, pathIn(group.to), group.text, />>|tee\s+-a/.test(group.to));
      at = group.end;
    } else if (quoted) {
      const content = quoted[1] === undefined ? quoted[2]!.replaceAll("''", "'") : unescaped(quoted[1]);
      add(files, yamlPath(lines, at, at + 1), content, false);
    } else if (block) {
      // Of the name, behind the dash of its element: what is in line with it is the next name.
      const indent = block[1]!.length;
      const end = endOf(lines, at + 1, (other) => other.trim() !== "" && indentOf(other) <= indent);
      add(files, yamlPath(lines, at, end), lines.slice(at + 1, end).join("\n"), false);
      at = end - 1;
    } else {
      const said = saidAt(lines, at);
      if (said === undefined) rest.push(line);
      else {
        add(files, pathIn(said.to), said.text, />>|tee\s+-a/.test(said.to));
        at = said.end;
      }
    }
  }
  return files.length > 0 ? files : [{ path: undefined, text: rest.join("\n") }];
}

/** What precedes `echo` or `printf` in a line: another command, or the dash of a list in cloud-config. */
const SAYS = /^(?:[^#]*?(?:&&|;|\|\|))?\s*(?:-\s+)?(?:sudo\s+)?(?:echo|printf)\s+/;
/** A quoted text, another word, or what redirects the output. */
const WORD = /"((?:\\.|[^"\\])*)"|'([^']*)'|(>{1,2}|\|)|[^\s"'>|]+/gs;

/**
 * The text that `echo` or `printf` writes to a file; undefined if the line at the position is no such command. A quoted
 * text may span lines.
 */
function saidAt(
  lines: readonly string[],
  at: number,
): { readonly text: string; readonly to: string; readonly end: number } | undefined {
  const [start] = SAYS.exec(lines[at]!) ?? [];
  if (start === undefined) return undefined;
  let command = lines[at]!.slice(start.length);
  let end = at;
  while (isOpen(command) && end + 1 < lines.length) {
    end += 1;
    command += `\n${lines[end]!}`;
  }
  const words = [...command.matchAll(WORD)];
  const redirected = words.findIndex(([, , , sign]) => sign !== undefined);
  if (redirected === -1) return undefined;
  const texts = words
    .slice(0, redirected)
    .flatMap(([, double, single]) => double?.replace(/\\(["$`\\])/g, "$1") ?? single ?? []);
  const [format = "", ...values] = texts;
  // The shell repeats a format for each value.
  const isFormat = /%[sb]/.test(format) && values.length > 0;
  const text = isFormat
    ? values.map((value) => format.replace(/%[sb]/, () => value)).join("")
    : texts.join(" ");
  const to = command.slice(words[redirected]!.index);
  if (to.startsWith("|") && !/^\|\s*(?:sudo\s+)?tee\b/.test(to)) return undefined;
  return texts.length === 0 ? undefined : { text: text.replaceAll("\\n", "\n"), to, end };
}

/** A command that another shell runs. */
const OF_A_SHELL = /^\s*(?:-\s+)?(?:sudo\s+)?(?:ba)?sh\s+-c\s+(?:"((?:\\.|[^"\\])*)"|'([^']*)')\s*$/;

/** The text that `echo` and `printf` write between braces or parentheses whose output goes to a file. */
function groupAt(
  lines: readonly string[],
  at: number,
): { readonly text: string; readonly to: string; readonly end: number } | undefined {
  const end = endOf(lines, at + 1, (line) => /^\s*[})]/.test(line));
  const [, to] = /^\s*[})]\s*(>.*|\|\s*(?:sudo\s+)?tee\b.*)$/.exec(lines[end] ?? "") ?? [];
  if (to === undefined || lines.slice(at, end).some((line) => line.includes("<<"))) return undefined;
  const said = lines.slice(at + 1, end).flatMap((line) => saidAt([`${line} >`], 0)?.text ?? []);
  return said.length === 0 ? undefined : { text: said.join("\n"), to, end };
}

/** Whether a command ends within quotes. */
function isOpen(command: string): boolean {
  return /["']/.test(command.replace(/\\.|"(?:\\.|[^"\\])*"|'[^']*'/gs, ""));
}

/** The files that cloud-config in JSON writes: those it lists, and those of its commands. */
function filesInJson(text: string): WrittenFile[] {
  const config = text.replace(/^\s*#cloud-config[^\n]*\n/, "");
  // Most texts are no JSON, and an error for each would take longer than all the rest.
  if (!/^\s*\{/.test(config)) return [];
  const said = jsonOf(config);
  const listed = readList(said, ["write_files"]);
  const stringIn = (reading: Reading): string | undefined =>
    reading.kind === "known" && typeof reading.value === "string" ? reading.value : undefined;
  const files = (isList(listed) ? listed : []).flatMap((one) => {
    const [path, content] = ["path", "content"].map((key) =>
      stringIn(read(one.kind === "known" ? one.value : undefined, [key])),
    );
    return content === undefined ? [] : [{ path, text: content }];
  });
  const commands = ["runcmd.*", "runcmd.*.*", "bootcmd.*", "bootcmd.*.*"]
    .flatMap((path) => readEach(said, path))
    .flatMap(({ reading }) => stringIn(reading) ?? []);
  const written = commands.flatMap(filesIn).filter(({ path }) => path !== undefined);
  return [...files, ...written];
}

/** A text in double quotes of YAML, without its escapes. */
function unescaped(text: string): string {
  const said = jsonOf(`"${text}"`);
  return typeof said === "string" ? said : text;
}

function endOf(lines: readonly string[], from: number, isEnd: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index >= from && isEnd(line));
  return end === -1 ? lines.length : end;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The path that a shell command writes to. */
function pathIn(line: string): string | undefined {
  const [, to] =
    /\btee\s+(?:-a\s+)?["']?([^\s"'<>|&;]+)/.exec(line) ?? />{1,2}\s*["']?([^\s"'<>|&;]+)/.exec(line) ?? [];
  return to;
}

/** The path of a file of `write_files`, before or after its content. */
function yamlPath(lines: readonly string[], at: number, end: number): string | undefined {
  const isPath = (line: string): string | undefined =>
    /^\s*(?:-\s+)?path\s*:\s*["']?([^\s"']+)/.exec(line)?.[1];
  for (let before = at; before >= 0; before -= 1) {
    const path = isPath(lines[before]!);
    if (path !== undefined) return path;
    if (/^\s*-\s/.test(lines[before]!)) break;
  }
  for (const line of lines.slice(end)) {
    if (/^\s*-\s/.test(line)) return undefined;
    const path = isPath(line);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** Adds a file, or appends to an existing one. */
function add(files: WrittenFile[], path: string | undefined, text: string, isMore: boolean): void {
  const known = isMore && path !== undefined ? files.findIndex((file) => file.path === path) : -1;
  if (known === -1) files.push({ path, text });
  else files[known] = { path, text: `${files[known]!.text}\n${text}` };
}
