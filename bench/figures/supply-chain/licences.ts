/** Licences that require only attribution. Source: SPDX ids; https://blueoakcouncil.org/list */
const PERMISSIVE = [
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
  "Unlicense",
  "CC0-1.0",
  "Python-2.0",
  "PSF-2.0",
  "Zlib",
  "MIT-0",
  "Artistic-2.0",
];

/** Whether all licences of an SPDX expression are permissive, or one of those between which it offers a choice. */
export function isPermissive(licence: string): boolean {
  return licence
    .split(" AND ")
    .every((choice) =>
      choice.split(" OR ").some((id) => PERMISSIVE.includes(id.replace(/[()]/g, "").trim())),
    );
}
