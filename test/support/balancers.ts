/** Real load balancers, from Debian's packages `haproxy` and `nginx`, on loopback. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer as createHttp, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export { freePort } from "../../tools/balance/ports";

/** A backend that answers with its name and address, after a delay, with a given status. */
export async function startBackend(
  id: string,
  zone: string,
  milliseconds = 0,
  status = 200,
): Promise<Server> {
  const server = createHttp((request, response) => {
    const answer = () =>
      response
        .writeHead(status, { "X-Served-By": `${id}; zone=${zone}`, "Content-Type": "text/plain" })
        .end(`${request.url}\n`);
    setTimeout(answer, milliseconds);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** The server's port. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Starts a load balancer with a configuration, in a folder, and waits until it accepts connections. */
export async function startBalancer(
  program: "haproxy" | "nginx",
  folder: string,
  configuration: string,
  ports: readonly number[],
): Promise<ChildProcess> {
  const file = join(folder, `${program}-${ports[0]}.conf`);
  writeFileSync(file, configuration);
  const args = program === "haproxy" ? ["-db", "-f", file] : ["-p", folder, "-c", file, "-g", "daemon off;"];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => (said += String(chunk)));
  for (const port of ports) {
    for (let attempt = 0; !(await isOpen(port)); attempt++) {
      if (child.exitCode !== null || attempt > 200) throw new Error(`${program} doesn't listen:\n${said}`);
      await sleep(25);
    }
  }
  return child;
}

/** Stops a process and waits for its end. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** Whether a server listens on the port. */
export async function isOpen(port: number, host = "127.0.0.1"): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
