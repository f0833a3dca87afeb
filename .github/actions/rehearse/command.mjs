/**
 * Tells the runner something about the job, in its log.
 *
 * @param {"error" | "warning"} name
 * @param {string} text
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function command(name, text) {
  console.log(`::${name}::${text.replaceAll("%", "%25").replace(/\r?\n/g, "%0A")}`);
}
