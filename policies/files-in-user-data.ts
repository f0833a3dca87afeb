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
  const files: WrittenFile[] = [];
  const rest: string[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const marker = /(?<!<)<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2];
    const block = /^(\s*(?:-\s+)?)content\s*:\s*[|>][-+\d]*\s*$/.exec(line);
    if (marker !== undefined) {
      const end = endOf(lines, at + 1, (other) => other.trim() === marker);
      add(files, pathIn(line), lines.slice(at + 1, end).join("\n"), />>|-a\b/.test(line));
      at = end;
    } else if (block) {
      // Of the name, behind the dash of its element: what is in line with it is the next name.
      const indent = block[1]!.length;
      const end = endOf(lines, at + 1, (other) => other.trim() !== "" && indentOf(other) <= indent);
      add(files, yamlPath(lines, at, end), lines.slice(at + 1, end).join("\n"), false);
      at = end - 1;
    } else {
      const written =
        /^\s*(?:sudo\s+)?(?:echo|printf)\s+(?:-e\s+)?(["'])(.*)\1\s*(?:>|\|\s*(?:sudo\s+)?tee)/.exec(line);
      if (written?.[2] !== undefined)
        add(files, pathIn(line), written[2].replaceAll("\\n", "\n"), />>|tee\s+-a/.test(line));
      else rest.push(line);
    }
  }
  return files.length > 0 ? files : [{ path: undefined, text: rest.join("\n") }];
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
