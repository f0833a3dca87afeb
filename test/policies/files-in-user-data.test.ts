import assert from "node:assert/strict";
import { filesIn } from "../../policies/files-in-user-data";

/** Scripts, and the files that they write: path and content, alternately. */
const WRITTEN: readonly (readonly [text: string, ...files: readonly (string | undefined)[]])[] = [
  // Here-documents.
  ["cat > /a.cfg <<END\none\n two\nEND\ncat >/b <<'E_1'\nthree\nE_1", "/a.cfg", "one\n two", "/b", "three"],
  ['sudo tee "/a b" >/dev/null <<-"END"\n\tone\n\tEND', "/a", "\tone"],
  ["tee '/a' <<END\none\nEND", "/a", "one"],
  ["cat <<END > /a\none\nEND", "/a", "one"],
  ["cat <<END>/a\none\nEND", "/a", "one"],
  ["cat << 'END' >/a\none\nEND", "/a", "one"],
  ["cat <<- END >> /a\none\nEND\ncat >> /a << END\ntwo\nEND", "/a", "one\ntwo"],
  ["cat > /a <<END\none\nEND\ntee  -a  /a <<END\ntwo\nEND", "/a", "one\ntwo"],
  ["cat > /a <<END\none\nEND\ncat > /a <<END\ntwo\nEND", "/a", "one", "/a", "two"],
  ["cat > /a <<END\none\nEND\ncat >> /b <<END\ntwo\nEND", "/a", "one", "/b", "two"],
  ["haproxy -f - <<END\none\nEND", undefined, "one"],
  ["cat > /a <<END\r\none\r\nEND\r\n", "/a", "one"],
  ["cat > /a <<END\none", "/a", "one"],
  // A here-string is one word, and not a here-document that ends with it.
  ["grep -q a <<< word\necho 'one' > /a", "/a", "one"],
  // echo and printf.
  ["echo \"one\" > /a\necho 'two' >>/a", "/a", "one\ntwo"],
  ["  sudo  echo -e 'one\\ntwo' | sudo tee /a", "/a", "one\ntwo"],
  ["printf 'one'|tee -a \"/a\"\nprintf 'two' | tee  -a '/a' ; ls", "/a", "one\ntwo"],
  ["echo 'one'", undefined, "echo 'one'"],
  ["x echo 'one' > /a", undefined, "x echo 'one' > /a"],
  // A text of several lines or words.
  ["echo 'one\n two' > /a\nls", "/a", "one\n two"],
  ['sudo printf "one\n$x \\"two\\"\n" | sudo tee /a', "/a", 'one\n$x "two"\n'],
  ["printf '%s\\n' 'one' \"two > 1\" > /a", "/a", "one\ntwo > 1\n"],
  ["mkdir -p /x && echo 'one' > /x/a", "/x/a", "one"],
  ["  - echo 'one' >> /a", "/a", "one"],
  ["echo 'one' | grep 'o' > /a", undefined, "echo 'one' | grep 'o' > /a"],
  ["echo 'one\nls", undefined, "echo 'one\nls"],
  // Commands in another shell, and in a group.
  ["sudo sh -c \"echo 'one' > /a\"\nbash -c 'printf \"two\" >> /a'", "/a", "one", "/a", "two"],
  ["sh -c 'ls'", undefined, "sh -c 'ls'"],
  ['{\necho "one"\nls\nprintf "two"\n} > /a', "/a", "one\ntwo"],
  ["(\n  echo 'one'\n) | sudo tee -a /a >/dev/null", "/a", "one"],
  ["{\necho 'one'\n}", undefined, "{\necho 'one'\n}"],
  ["{\ncat > /a <<END\none\nEND\n} > /b", "/a", "one"],
  // write_files, with the path before or after the content.
  ['- path: /a\n  content: "one\\n two"', "/a", "one\n two"],
  ["- content: 'it''s one'\n  path: /a", "/a", "it's one"],
  [
    `#cloud-config\n${JSON.stringify({
      write_files: [{ path: "/a", content: "one\ntwo" }, { path: "/b" }, 5],
      runcmd: ["echo 'three' > /c", ["sh", "-c", "printf 'four' > /d"]],
    })}`,
    "/a",
    "one\ntwo",
    "/c",
    "three",
    "/d",
    "four",
  ],
  [
    "- path: /a\n  content: |\n    one\n\n    two\n- path: /b\n  content : >-\n    three",
    "/a",
    "    one\n\n    two",
    "/b",
    "    three",
  ],
  ["  - content: |+2\n      one\n    owner: root\n    path : '/a'\n  - path: /b", "/a", "      one"],
  ["- content: |\n    one\n- path: /b", undefined, "    one"],
  ["- path: /x\n- owner: root\n  content: |\n    one", undefined, "    one"],
  ["- path: /a\n  content: one", undefined, "- path: /a\n  content: one"],
];

describe("files that user data writes", () => {
  for (const [text, ...files] of WRITTEN)
    it(`are found in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        filesIn(text).flatMap((file) => [file.path, file.text]),
        files,
      );
    });
});
