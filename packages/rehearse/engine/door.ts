import { createServer, type Server, type Socket } from "node:net";
import { isStranger } from "./strangers";

/**
 * The engine's loopback port. It is open, and its address known, before the engine is loaded: early callers wait
 * until the engine answers. Callers that belong to another user are rejected, because configuration with its secrets
 * is sent here.
 */
export class Door {
  private readonly waiting: Socket[] = [];
  private answer: (caller: Socket) => void = (caller) => void this.waiting.push(caller);

  private constructor(
    private readonly server: Server,
    /** `127.0.0.1:PORT`. */
    readonly address: string,
  ) {
    server.on("connection", (caller) => {
      if (isStranger(caller)) caller.destroy();
      else this.answer(caller);
    });
  }

  /** Opens an unused port. */
  static async open(): Promise<Door> {
    const server = createServer();
    const port = await new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => {
        const bound = server.address();
        resolve(typeof bound === "object" && bound !== null ? bound.port : 0);
      });
    });
    return new Door(server, `127.0.0.1:${port}`);
  }

  /** Passes on the waiting and all later callers. */
  leadTo(answer: (caller: Socket) => void): void {
    this.answer = answer;
    for (const caller of this.waiting.splice(0)) answer(caller);
  }

  /** Accepts no more callers, and disconnects the waiting ones. */
  close(): void {
    this.server.close();
    for (const caller of this.waiting.splice(0)) caller.destroy();
  }
}
