/**
 * The random provider, which nearly every program uses for passwords and suffixes; here its values are not random.
 */
import type { Values } from "../../values";
import { hex, letters, uuid } from "../hash";
import type { Draft, Model, Models } from "./draft";

const count = (draft: Draft, property: string, otherwise: number): number => {
  const value = draft.inputs[property];
  return typeof value === "number" ? value : otherwise;
};

/** A string with the given length and kinds of characters; it begins with at least one of each. */
function password(draft: Draft): string {
  const special = draft.text("overrideSpecial") ?? "!@#$%&*()-_=+[]{}<>:?";
  const kinds = [
    ["lower", "abcdefghijklmnopqrstuvwxyz"],
    ["upper", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
    ["numeric", "0123456789"],
    ["special", special],
  ].flatMap(([flag = "", alphabet = ""]) => (draft.inputs[flag] === false ? [] : [alphabet]));
  const seed = draft.salted("result");
  const first = kinds.map((alphabet, i) => letters(`${seed} ${i}`, 1, alphabet)).join("");
  const length = count(draft, "length", 16);
  return (first + letters(`${seed} rest`, length, kinds.join(""))).slice(0, length);
}

const text = (secret: boolean): Model => ({
  id: (draft) => (secret ? "none" : password(draft)),
  outputs: (draft) => ({ result: password(draft), bcryptHash: `$2a$10$${hex(draft.seed, 53)}` }),
});

/** A random id in all its formats. */
const randomId: Model = {
  id: (draft) => Buffer.from(hex(draft.seed, 2 * count(draft, "byteLength", 8)), "hex").toString("base64url"),
  outputs: (draft, id): Values => {
    const prefix = draft.text("prefix") ?? "";
    const bytes = Buffer.from(id, "base64url");
    return {
      b64Url: prefix + id,
      b64Std: prefix + bytes.toString("base64"),
      hex: prefix + bytes.toString("hex"),
      dec: prefix + BigInt(`0x${bytes.toString("hex") || "0"}`).toString(),
    };
  },
};

/** Models of `random:index/*`. */
export const random: Models = {
  "index/randomPassword": text(true),
  "index/randomString": text(false),
  "index/randomId": randomId,
  "index/randomUuid": { id: (draft) => uuid(draft.seed), outputs: (_, id) => ({ result: id }) },
  "index/randomPet": {
    id: (draft) =>
      [draft.text("prefix"), "calm", `otter${hex(draft.seed, 4)}`].filter((part) => part).join("-"),
  },
  "index/randomInteger": {
    id: (draft) => String(randomInteger(draft)),
    outputs: (draft) => ({ result: randomInteger(draft) }),
  },
};

function randomInteger(draft: Draft): number {
  const min = count(draft, "min", 0);
  return min + (parseInt(hex(draft.seed, 8), 16) % (count(draft, "max", min) - min + 1));
}
