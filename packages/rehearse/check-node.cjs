// Plain JavaScript so that a Node too old for the rest still gets one clear line.
const OLDEST = [20, 19];

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    `Node ${process.versions.node} is too old: 20.19 or newer is needed, 22 recommended. ` +
      "Install it with your version manager or from nodejs.org, then run npm ci again.",
  );
  process.exit(2);
}
