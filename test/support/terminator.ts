/** The TLS terminator of an instance, for real: created and started as the instance's user data does. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";

import { renderUserData, type UserDataArgs } from "../../components/fleet/user-data";
import { freePort, startBalancer, stop } from "./balancers";
import { Instance } from "./instance";
import { store } from "./user-data";

/** An instance with only HAProxy in front of an application's port. */
export class Terminator {
  private readonly instance = new Instance();
  /** Stops HAProxy and removes its folder. */
  end: () => Promise<void> = () => Promise.resolve();

  private constructor(
    /** The TLS port. */
    readonly port: number,
    /** The port that the application has to listen on, at 127.0.0.1. */
    readonly applicationPort: number,
  ) {}

  /** Boots a terminator, and waits until it accepts connections. */
  static async start(changes: Partial<UserDataArgs> = {}): Promise<Terminator> {
    const terminator = new Terminator(await freePort(), await freePort());
    await terminator.boot(changes);
    return terminator;
  }

  private async boot(changes: Partial<UserDataArgs>): Promise<void> {
    const { instance, port, applicationPort } = this;
    this.end = () => Promise.resolve(instance.end());
    const { status, stderr } = instance.boot(
      renderUserData({ ...store, port: applicationPort, tlsPort: port, ...changes }),
    );
    assert.equal(status, 0, stderr);
    mkdirSync(instance.path("/run/store-tls"), { recursive: true });
    this.makeCertificate();
    const config = instance.read("/opt/store/tls.cfg");
    const child = await startBalancer("haproxy", instance.root, config, [port]);
    this.end = async () => {
      await stop(child);
      instance.end();
    };
  }

  /** Runs the unit's command before each start, which makes the certificate. */
  makeCertificate(): void {
    const command = this.unit.find((line) => line.startsWith("ExecStartPre="))?.slice("ExecStartPre=".length);
    assert.ok(command !== undefined, "The unit has no command that makes a certificate.");
    execFileSync("sh", ["-c", `umask 0077; ${command}`], { stdio: "ignore" });
  }

  /** Lines of the unit. */
  get unit(): readonly string[] {
    return this.instance.read("/etc/systemd/system/store-tls.service").split("\n");
  }

  /** The path of the file with the certificate and the key. */
  get certificateFile(): string {
    return this.instance.path("/run/store-tls/tls.pem");
  }

  /** The certificate and the key, in PEM. */
  get certificate(): string {
    return readFileSync(this.certificateFile, "utf8");
  }

  /** The calls during the boot. */
  get calls(): readonly string[] {
    return this.instance.calls();
  }
}
