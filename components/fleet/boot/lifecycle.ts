import { type BootFile, systemdUnit } from "./parts";
import { pythonString } from "./quoting";

/** How an instance completes its group's lifecycle hooks. */
export interface LifecycleArgs {
  /** Name of the launch hook; undefined for none. */
  readonly launchHook: string | undefined;
  /** Name of the termination hook; undefined for none. */
  readonly terminationHook: string | undefined;
  /** TCP port of the store. */
  readonly port: number;
  /** Path that returns status 200 when the store can serve customers. */
  readonly healthCheckPath: string;
  /** Seconds that a new instance may take to become healthy. */
  readonly bootSeconds: number;
  /** The target group's deregistration delay in seconds. */
  readonly deregistrationDelaySeconds: number;
}

/** The unit that watches the instance's lifecycle. */
export const LIFECYCLE_UNIT = "store-lifecycle";

/**
 * A service that reads the instance's target lifecycle state from the metadata service. On launch, it
 * completes the launch hook once the store is healthy. On termination, it waits until requests in flight have
 * finished, stops the store and completes the termination hook; the instance gets no new requests meanwhile.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/retrieving-target-lifecycle-state-through-imds.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export function lifecycleFiles(args: LifecycleArgs, region: string): readonly BootFile[] {
  return [
    { path: "/opt/store/lifecycle.py", marker: "END_OF_SCRIPT", text: renderScript(args) },
    systemdUnit(
      LIFECYCLE_UNIT,
      ["Description=Lifecycle of the store", "Wants=network-online.target", "After=network-online.target"],
      ["ExecStart=/usr/bin/python3 /opt/store/lifecycle.py", `Environment=AWS_DEFAULT_REGION=${region}`],
    ),
  ];
}

/** The script uses Python 3.9 and the AWS CLI, which the image includes. */
function renderScript(args: LifecycleArgs): string {
  return `import os
import subprocess
import time
import urllib.request

METADATA = os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254")
HEALTH_CHECK = ${pythonString(`http://127.0.0.1:${args.port}${args.healthCheckPath}`)}
LAUNCH_HOOK = ${args.launchHook === undefined ? "None" : pythonString(args.launchHook)}
TERMINATION_HOOK = ${args.terminationHook === undefined ? "None" : pythonString(args.terminationHook)}
BOOT_SECONDS = ${args.bootSeconds}
DEREGISTRATION_DELAY_SECONDS = ${args.deregistrationDelaySeconds}
POLL_SECONDS = 5


def get(url, method="GET", **headers):
    request = urllib.request.Request(url, method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})
    with urllib.request.urlopen(request, timeout=5) as response:
        return response.read().decode()


def metadata(path):
    token = get(METADATA + "/latest/api/token", "PUT", X_aws_ec2_metadata_token_ttl_seconds="60")
    return get(METADATA + "/latest/meta-data/" + path, X_aws_ec2_metadata_token=token)


def complete(hook, attempts):
    # AWS refuses it until the instance waits for the hook: the load balancer has to let go of it first.
    for _ in range(attempts):
        ended = subprocess.run(
            [
                "aws", "autoscaling", "complete-lifecycle-action",
                "--lifecycle-hook-name", hook,
                "--auto-scaling-group-name", metadata("tags/instance/aws:autoscaling:groupName"),
                "--instance-id", metadata("instance-id"),
                "--lifecycle-action-result", "CONTINUE",
            ]
        )
        if ended.returncode == 0:
            return
        time.sleep(POLL_SECONDS)


def is_healthy():
    try:
        get(HEALTH_CHECK)
        return True
    except OSError:
        return False


def arrive():
    subprocess.run(["systemctl", "start", "store.service"])
    deadline = time.monotonic() + BOOT_SECONDS
    while not is_healthy():
        if time.monotonic() > deadline:
            return
        time.sleep(1)
    complete(LAUNCH_HOOK, 6)


def leave():
    time.sleep(DEREGISTRATION_DELAY_SECONDS)
    subprocess.run(["systemctl", "stop", "store.service"])
    complete(TERMINATION_HOOK, 60)


def follow(before, state):
    # From service to the warm pool an instance leaves, too.
    if state.endswith("Terminated") or (before == "InService" and state.startswith("Warmed:")):
        if TERMINATION_HOOK:
            leave()
    elif LAUNCH_HOOK:
        arrive()


before = ""
while True:
    try:
        state = metadata("autoscaling/target-lifecycle-state")
        if state != before:
            follow(before, state)
        before = state
    except OSError:
        pass  # There is no such item until Auto Scaling sets it.
    time.sleep(POLL_SECONDS)
`;
}
