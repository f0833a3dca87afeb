import { aclsOf, atomsOf, conditionalOf, holds } from "./conditions";
import type { Atom, Conditional } from "./conditions";
import { hasOption, isHttp, linesOf, rulesOf } from "./sections";
import type { Line, Section } from "./sections";

/** Maximum number of facts that conditions may depend on: more have too many combinations. */
const MOST_ATOMS = 12;

/**
 * Whether a request in clear text may be served, and not redirected to HTTPS or refused, for some combination of the
 * facts in the conditions. HAProxy evaluates the rules of the frontend and then those of the backend.
 *
 * @param port the port of the bind that receives it, if known
 */
export function servesClearText(entry: Section, all: readonly Section[], port: string | undefined): boolean {
  if (!isHttp(entry) && !carriesHttp(entry, all, port)) return false;
  const frontend = stageOf(entry);
  const backends = new Map(
    all
      .filter((section) => (section.kind === "backend" || section.kind === "listen") && section !== entry)
      .map((section) => [section.name, stageOf(section)]),
  );
  const lines = [frontend, ...backends.values()].flatMap(({ tcp, http, redirects, switches }) => [
    ...tcp,
    ...http,
    ...redirects,
    ...switches,
  ]);
  const atoms = atomsOf(lines).filter((atom) => fixed(atom, port) === undefined);
  if (atoms.length > MOST_ATOMS) return true;
  for (let bits = 0; bits < 1 << atoms.length; bits += 1) {
    const truths = new Set(atoms.filter((_, index) => (bits >> index) & 1).map(({ key }) => key));
    if (atoms.some((atom) => truths.has(atom.key) && isHarmless(atom))) continue;
    const isTrue = (atom: Atom): boolean => fixed(atom, port) ?? truths.has(atom.key);
    if (isServed(frontend, backends, isTrue)) return true;
  }
  return false;
}

/** What a proxy does with a request, step by step. */
interface Stage {
  readonly section: Section;
  readonly tcp: readonly Conditional[];
  readonly http: readonly Conditional[];
  readonly redirects: readonly Conditional[];
  readonly switches: readonly Conditional[];
}

function stageOf(section: Section): Stage {
  const acls = aclsOf(section);
  const conditionals = (first: string): Conditional[] =>
    rulesOf(section, first).map((line) => conditionalOf(line, acls));
  return {
    section,
    tcp: conditionals("tcp-request"),
    http: conditionals("http-request"),
    redirects: conditionals("redirect"),
    switches: conditionals("use_backend"),
  };
}

type Answer = "kept" | "served" | "passed";

function isServed(
  frontend: Stage,
  backends: ReadonlyMap<string, Stage>,
  isTrue: (atom: Atom) => boolean,
): boolean {
  const answer = answerOf(frontend, isTrue);
  if (answer !== "passed") return answer === "served";
  const chosen = frontend.switches.find((line) => holds(line, isTrue))?.words[1];
  const name = chosen ?? linesOf(frontend.section, "default_backend").at(-1)?.[1];
  if (name === undefined) return hasServers(frontend.section);
  const backend = backends.get(name);
  // A backend that a variable names may be any.
  if (backend === undefined) return true;
  const second = answerOf(backend, isTrue);
  return second === "served" || (second === "passed" && hasServers(backend.section));
}

/** What the rules of one proxy do with a request, in HAProxy's order: `http-request`, statistics, `redirect`. */
function answerOf({ section, tcp, http, redirects }: Stage, isTrue: (atom: Atom) => boolean): Answer {
  for (const scope of ["connection", "session", "content"]) {
    for (const line of tcp.filter(({ words }) => words[1] === scope)) {
      if (!holds(line, isTrue)) continue;
      if (/^(?:reject|silent-drop)$/.test(line.words[2] ?? "")) return "kept";
      if (line.words[2] === "accept") break;
    }
  }
  for (const line of http) {
    const effect = holds(line, isTrue) ? effectOf(line.words) : "next";
    if (effect === "kept" || effect === "served") return effect;
    if (effect === "end") break;
  }
  if (linesOf(section, "stats").some(([, word]) => word === "enable" || word === "uri")) return "served";
  for (const line of redirects) {
    if (holds(line, isTrue) && effectOf(line.words) !== "next")
      return leadsToHttps(line.words) ? "kept" : "served";
  }
  return "passed";
}

/**
 * What a rule does with a request.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#4.2-http-request
 */
function effectOf(words: Line): "next" | "end" | "kept" | "served" {
  const [first, action = ""] = words;
  if (first === "redirect") return leadsToHttps(words) ? "kept" : "served";
  if (action === "redirect") return leadsToHttps(words) ? "kept" : "served";
  if (/^(?:reject|silent-drop)$/.test(action)) return "kept";
  if (/^(?:deny|tarpit)$/.test(action))
    return Number(valueOf(words, "deny_status") ?? valueOf(words, "status") ?? "403") < 400
      ? "served"
      : "kept";
  if (action === "allow") return "end";
  // It asks for a password, which the client then sends in clear text.
  if (action === "auth" || action === "use-service") return "served";
  if (action !== "return") return "next";
  const status = Number(valueOf(words, "status") ?? "200");
  const location = words.findIndex(
    (word, at) => word === "hdr" && words[at + 1]?.toLowerCase() === "location",
  );
  const isRedirect = status >= 300 && status < 400 && location !== -1 && isHttps(words[location + 2]);
  return isRedirect || status >= 400 ? "kept" : "served";
}

function leadsToHttps(words: Line): boolean {
  const scheme = valueOf(words, "scheme");
  if (scheme !== undefined) return scheme.toLowerCase() === "https";
  return isHttps(valueOf(words, "location") ?? valueOf(words, "prefix"));
}

function isHttps(url: string | undefined): boolean {
  return url !== undefined && /^https:\/\//i.test(url);
}

function valueOf(words: Line, option: string): string | undefined {
  const at = words.indexOf(option);
  return at === -1 ? undefined : words[at + 1];
}

function hasServers(section: Section): boolean {
  const serves = /^(?:server|server-template|dispatch|use-server|errorfile|errorfiles)$/;
  return section.lines.some(([first = ""]) => serves.test(first)) || hasOption(section, "http_proxy");
}

/** The value of a fact that is the same for all requests in clear text on a port; undefined for other facts. */
function fixed({ words }: Atom, port: string | undefined): boolean | undefined {
  const [first = "", ...rest] = words;
  const values = rest.filter((word, at) => !/^-|^eq$/.test(word) && rest[at - 1] !== "-m");
  if (/^(?:TRUE|HTTP|always_true|req\.proto_http|req_proto_http)$/.test(first)) return true;
  if (/^(?:FALSE|always_false)$/.test(first)) return false;
  if (/^ssl_fc(?:,not)?$/.test(first)) {
    // It is always found, and matches what it is, whatever is written behind it, unless it is taken for a number.
    const isNot = first.endsWith(",not");
    const as = rest[rest.indexOf("-m") + 1];
    return as === "found" || (as === "int" ? values.includes(isNot ? "1" : "0") : isNot);
  }
  // Other fetches about TLS find nothing without TLS, and so match nothing.
  if (/^ssl_(?:c|fc)_\w+/.test(first)) return false;
  if (/^(?:path_beg|path,?beg|url_beg)$/.test(first) || (first === "path" && rest.includes("beg")))
    return values.includes("/") ? true : undefined;
  if (first === "src") return values.includes("0.0.0.0/0") && values.includes("::/0") ? true : undefined;
  if (
    /^(?:dst_port|fc_dst_port)$/.test(first) &&
    port !== undefined &&
    rest.every((word) => /^(?:eq|-m|int|\d+)$/.test(word))
  )
    return values.includes(port);
  return undefined;
}

/**
 * Whether a request that matches may be served in clear text: domain validation, which cannot use HTTPS, and health
 * check pages. A header that says HTTPS counts too: a load balancer in front sets it for visitors who use TLS.
 */
function isHarmless({ words }: Atom): boolean {
  const text = words.join(" ");
  return (
    /^path(?:_beg|,?beg)?\b.*\s\/\.well-known\/acme-challenge\b/.test(text) ||
    /^path(?: -m str)?(?: -i)? \/(?:healthz?|health-check|ping|status|readyz?|livez?)$/.test(text) ||
    /^(?:req\.)?(?:fhdr|hdr)\(x-forwarded-(?:proto|ssl)\)(?: -[im])*(?: str)? (?:https|on)$/i.test(text)
  );
}

/** The usual ports of HTTP in clear text. */
const HTTP_PORTS = /^(?:80|81|8000|8008|8080|8081|8888)$/;

/** Whether a TCP proxy carries HTTP, by its ports. */
function carriesHttp(entry: Section, all: readonly Section[], port: string | undefined): boolean {
  if (port !== undefined && HTTP_PORTS.test(port)) return true;
  const names = entry.lines
    .filter(([first]) => first === "use_backend" || first === "default_backend")
    .map(([, name]) => name);
  const inherited = linesOf(entry, "default_backend").at(-1)?.[1];
  const backends = all.filter(
    ({ kind, name }) => kind === "backend" && (names.includes(name) || name === inherited),
  );
  return [entry, ...backends].some(({ lines }) =>
    lines.some(([first, , address = ""]) => {
      return first === "server" && HTTP_PORTS.test(/:(\d+)$/.exec(address)?.[1] ?? "");
    }),
  );
}
