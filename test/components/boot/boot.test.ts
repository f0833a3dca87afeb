import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";

import fc from "fast-check";

import type { Environment } from "../../../components/fleet/boot/environment";
import { renderUserData, type UserDataArgs } from "../../../components/fleet/user-data";
import { archive, Instance, type Metadata } from "../../support/instance";
import { describeWith } from "../../support/programs";
import { store } from "../../support/user-data";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

let instance: Instance;
beforeEach(() => {
  instance = new Instance();
});
afterEach(() => instance.end());

/** The lines of a unit that the script wrote. */
function unitLines(unit: string): string[] {
  return instance.read(`/etc/systemd/system/${unit}.service`).split("\n");
}

describeWith(["bash"], "An instance that boots the built-in page", () => {
  it("writes its service and starts it, without a call to AWS", () => {
    const { status, stderr } = instance.boot(renderUserData(store));
    assert.equal(status, 0, stderr);
    assert.deepEqual(instance.calls(), ["systemctl daemon-reload", "systemctl enable --now store.service"]);
    assert.match(instance.read("/opt/store/server.py"), /^PORT = 8080$/m);
  });
});

describeWith(["bash", "python3"], "An instance that boots the sample store", () => {
  const program = "process.exit(0);\n";
  const sha256 = createHash("sha256").update(program).digest("hex");
  const release = { bucket: "releases", key: `store/${sha256}.cjs`, sha256, ordersTable: "orders-1234567" };

  const boot = async (changes: object = {}, answer = `printf '${program}' > "\${@: -1}"`) => {
    instance.answer("aws", answer.replace("\n", "\\n"));
    const userData = renderUserData({ ...store, application: { source: "store", ...release }, ...changes });
    return instance.bootAsking(userData, await instance.metadata());
  };

  it("installs its runtime, downloads it, writes the instance's identity, and starts its service", async () => {
    const { status, stderr } = await boot();
    assert.equal(status, 0, stderr);
    assert.equal(instance.read("/opt/store/app/store.cjs"), program);
    assert.equal(
      instance.read("/opt/store/instance.env"),
      "INSTANCE_ID=i-0123456789abcdef0\nAVAILABILITY_ZONE=eu-west-1b\n",
    );
    assert.deepEqual(instance.calls(), [
      "dnf install --assumeyes nodejs22",
      `aws s3api get-object --bucket releases --key store/${sha256}.cjs ${instance.root}/opt/store/app/store.cjs`,
      "systemctl daemon-reload",
      "systemctl enable --now store.service",
    ]);
  });

  it("passes all settings to it, with any title of the store", async () => {
    await boot({ title: `100% "Store" $HOME \\ ☂`, stopSeconds: 30 });
    const lines = unitLines("store");
    for (const line of [
      `ExecStart=/usr/bin/node-22 ${instance.root}/opt/store/app/store.cjs`,
      `EnvironmentFile=${instance.root}/opt/store/instance.env`,
      "Environment=PORT=8080",
      "Environment=HOST=0.0.0.0",
      `Environment="STORE_TITLE=100%% \\"Store\\" $HOME \\\\ ☂"`,
      "Environment=ORDERS_TABLE=orders-1234567",
      "Environment=AWS_REGION=eu-west-1",
      "Environment=IDLE_TIMEOUT_SECONDS=60",
      "Environment=STOP_SECONDS=25",
      "TimeoutStopSec=30",
      "DynamicUser=yes",
      "NoNewPrivileges=yes",
    ])
      assert.ok(lines.includes(line), `${line} is not in\n${lines.join("\n")}`);
  });

  it("starts neither a program with another hash nor one without the instance's identity", async () => {
    assert.match((await boot({}, `echo evil > "\${@: -1}"`)).stderr, /checksum did NOT match/);
    assert.ok(!instance.calls().some((call) => call.startsWith("systemctl")));
    assert.equal(instance.exists("/opt/store/instance.env"), false);
  });
});

describeWith(["bash", "tar"], "An instance that boots an artifact", () => {
  const bucket = { bucket: "releases", key: "store/it's 1.tar.gz", versionId: "", keyArn: "" };
  let sha256: string;

  beforeEach(() => {
    const file = instance.path("/artifact.tar.gz");
    archive(file, { "bin/server": "#!/bin/sh\n" });
    sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
    // The last argument is the path of the output file.
    instance.answer("aws", `[[ $call == *s3api* ]] && cp ${file} "\${@: -1}"`);
  });

  const boot = (changes: object = {}): ReturnType<Instance["boot"]> =>
    instance.boot(
      renderUserData({
        ...store,
        application: { source: "artifact", ...bucket, sha256, command: ["bin/server"], ...changes },
      }),
    );

  it("downloads it, unpacks it and starts its service", () => {
    const { status, stderr } = boot({ command: ["bin/server", "--greeting", '100% "$HOME"'] });
    assert.equal(status, 0, stderr);
    assert.equal(instance.read("/opt/store/app/bin/server"), "#!/bin/sh\n");
    const [download = "", ...others] = instance.calls();
    assert.match(download, /^aws s3api get-object --bucket releases --key store\/it's 1\.tar\.gz \S+$/);
    assert.deepEqual(others, ["systemctl daemon-reload", "systemctl enable --now store.service"]);
    assert.ok(
      unitLines("store").includes(
        `ExecStart=${instance.root}/opt/store/app/bin/server --greeting "100%% \\"$$HOME\\""`,
      ),
    );
    assert.deepEqual(readdirSync(instance.path("/tmp")), [], "the archive stays behind");
  });

  it("downloads the given version", () => {
    assert.equal(boot({ versionId: "v.1_2" }).status, 0);
    assert.match(instance.calls()[0] ?? "", / --version-id v\.1_2 /);
  });

  it("neither unpacks nor starts an archive with another hash", () => {
    const { status, stderr } = boot({ sha256: "0".repeat(64) });
    assert.equal(status, 1);
    assert.match(stderr, /checksum did NOT match/);
    assert.equal(instance.exists("/opt/store/app"), false);
    assert.equal(instance.calls().length, 1);
  });

  it("retries a limited number of times while its role is missing", () => {
    const count = instance.path("/count");
    const file = instance.path("/artifact.tar.gz");
    instance.answer(
      "aws",
      `echo >> ${count}; (( $(wc -l < ${count}) > 2 )) || exit 255; cp ${file} "\${@: -1}"`,
    );
    assert.equal(boot().status, 0);
    assert.equal(instance.calls().filter((call) => call.startsWith("aws")).length, 3);

    instance.answer("aws", "exit 255");
    assert.equal(boot().status, 255);
    assert.equal(instance.calls().filter((call) => call.startsWith("aws")).length, 13);
  });

  it("runs it as its own user, without privileges that it does not need", () => {
    boot();
    const lines = unitLines("store");
    for (const line of [
      "DynamicUser=yes",
      "NoNewPrivileges=yes",
      "CapabilityBoundingSet=",
      "ProtectHome=yes",
    ])
      assert.ok(lines.includes(line), line);
  });
});

describeWith(["bash"], "An instance that boots a container", () => {
  const boot = (image: string, changes: Partial<UserDataArgs> = {}): ReturnType<Instance["boot"]> =>
    instance.boot(
      renderUserData({ ...store, application: { source: "container", image, command: [] }, ...changes }),
    );

  it("pulls it by its digest from ECR, and stores no password", () => {
    const host = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    instance.answer("aws", "echo the-password");
    instance.answer(
      "docker",
      `[[ $call != "docker pull"* ]] || grep -q the-password "$DOCKER_CONFIG/config.json"`,
    );
    const { status, stderr } = boot(`${host}/shop/store@${DIGEST}`);
    assert.equal(status, 0, stderr);
    assert.deepEqual(
      instance.calls().filter((call) => !call.startsWith("systemctl")),
      [
        "dnf install --assumeyes docker",
        ...[
          "aws ecr get-login-password --region eu-central-1",
          `docker login --username AWS --password-stdin ${host}`,
        ].sort(
          // Both ends of a pipe start at the same time.
          (a, b) => instance.calls().indexOf(a) - instance.calls().indexOf(b),
        ),
        `docker pull ${host}/shop/store@${DIGEST}`,
      ],
    );
    assert.deepEqual(readdirSync(instance.path("/tmp")), [], "the password stays behind");
  });

  it("pulls a public image without a password", () => {
    assert.equal(boot(`public.ecr.aws/shop/store@${DIGEST}`).status, 0);
    assert.deepEqual(instance.calls(), [
      "dnf install --assumeyes docker",
      "systemctl enable --now docker.service",
      `docker pull public.ecr.aws/shop/store@${DIGEST}`,
      "systemctl daemon-reload",
      "systemctl enable --now store.service",
    ]);
  });

  it("does not start an image that it could not pull", () => {
    instance.answer("docker", "exit 1");
    assert.equal(boot(`public.ecr.aws/shop/store@${DIGEST}`).status, 1);
    assert.equal(instance.calls().includes("systemctl enable --now store.service"), false);
  });

  it("runs it as an unprivileged user on a read-only file system, with its variables and time to stop", () => {
    const image = `public.ecr.aws/shop/store@${DIGEST}`;
    boot(image, { environment: { SHOP: { value: "eu" } }, stopSeconds: 60 });
    const lines = unitLines("store");
    assert.ok(
      lines.includes(
        "ExecStart=/usr/bin/docker run --rm --name store --pull never --publish 8080:8080 --env PORT=8080 --env SHOP " +
          "--user 10001:10001 --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges " +
          `--pids-limit 4096 --log-driver journald ${image}`,
      ),
      lines.join("\n"),
    );
    assert.ok(lines.includes("ExecStop=/usr/bin/docker stop -t 55 store"));
    assert.ok(lines.includes("TimeoutStopSec=60"));
  });
});

describeWith(["bash", "python3"], "The environment of the application", () => {
  const FILE = "/run/store/environment";

  /** Boots, and writes the file as the unit does that runs before the store's. */
  const write = (environment: Environment): ReturnType<Instance["run"]> => {
    const { status, stderr } = instance.boot(renderUserData({ ...store, environment }));
    assert.equal(status, 0, stderr);
    return instance.run("/opt/store/environment.py");
  };

  /** The variables as a shell reads them: systemd's files use the same double quotes. */
  const variables = (names: readonly string[]): string[] => {
    const { stdout } = spawnSync(
      "bash",
      [
        "-c",
        `set -a; source ${instance.path(FILE)}; for name in ${names.join(" ")}; do printf '%s\\0' "\${!name}"; done`,
      ],
      { env: {}, encoding: "utf8" },
    );
    return stdout.split("\0").slice(0, -1);
  };

  it("comes from plain values, parameters, secrets, and keys in secrets", () => {
    instance.answer(
      "aws",
      `case $call in
*get-parameter*) echo '{"Parameter":{"Value":"https://pay.example.com/?a=1&b=$2"}}' ;;
*secret:token-a1B2c3*) echo '{"SecretString":"to\\"ken"}' ;;
*secret:database-a1B2c3*) echo '{"SecretString":"{\\"password\\":\\"p@ss\\",\\"port\\":5432}"}' ;;
esac`,
    );
    const secret = (name: string): string =>
      `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-a1B2c3`;
    const { status, stderr } = write({
      SHOP: { value: "eu" },
      PAYMENT_URL: { parameter: "/store/payment-url" },
      TOKEN: { secretArn: secret("token") },
      PASSWORD: { secretArn: secret("database"), jsonKey: "password" },
      DATABASE_PORT: { secretArn: secret("database"), jsonKey: "port" },
    });
    assert.equal(status, 0, stderr);
    assert.deepEqual(variables(["SHOP", "PAYMENT_URL", "TOKEN", "PASSWORD", "DATABASE_PORT"]), [
      "eu",
      "https://pay.example.com/?a=1&b=$2",
      'to"ken',
      "p@ss",
      "5432",
    ]);
    assert.ok(
      instance
        .calls()
        .includes("aws ssm get-parameter --with-decryption --name /store/payment-url --output json"),
    );
  });

  it("is readable by root only, in memory, and written before the application starts", () => {
    write({ SHOP: { value: "eu" } });
    assert.equal(statSync(instance.path(FILE)).mode & 0o777, 0o600);
    assert.equal(statSync(instance.path("/run/store")).mode & 0o777, 0o700);
    assert.match(
      renderUserData({ ...store, environment: { SHOP: { value: "eu" } } }),
      /"\/run\/store\/environment"/,
    );
    const lines = unitLines("store");
    for (const line of [
      "ExecStartPre=+/usr/bin/env --ignore-environment PATH=/usr/bin:/bin LANG=C.UTF-8 AWS_DEFAULT_REGION=eu-west-1 " +
        `/usr/bin/python3 ${instance.path("/opt/store/environment.py")}`,
      "TimeoutStartSec=infinity",
      `EnvironmentFile=-${instance.path(FILE)}`,
    ])
      assert.ok(lines.includes(line), `${line} is not in\n${lines.join("\n")}`);
  });

  it("preserves every value exactly", () => {
    const trouble = fc.constantFrom(
      '"',
      "'",
      "\\",
      "$",
      "`",
      "\n",
      "\t",
      "#",
      "=",
      " ",
      "%",
      "€",
      "😀",
      "\\n",
      "$(x)",
    );
    const unit = fc.oneof(trouble, fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }));
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit, maxLength: 40 }).filter((text) => !/(?![\t\n])\p{Cc}/u.test(text)),
          { minLength: 20, maxLength: 20 },
        ),
        (values) => {
          const names = values.map((_, index) => `V${index}`);
          const { status, stderr } = write(
            Object.fromEntries(names.map((name, index) => [name, { value: values[index] ?? "" }])),
          );
          assert.equal(status, 0, stderr);
          assert.deepEqual(variables(names), values);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("rejects a value with a control character, for which systemd would drop the variable, and keeps the former value", () => {
    mkdirSync(instance.path("/run/store"), { recursive: true });
    writeFileSync(instance.path(FILE), 'SHOP="eu"\n');
    const { status, stderr } = write({ SHOP: { value: "eu\r" } });
    assert.equal(status, 1);
    assert.equal(stderr, "SHOP: its value has a control character\n");
    assert.deepEqual(variables(["SHOP"]), ["eu"]);
  });

  it("fails with AWS's error message if a value cannot be read", () => {
    instance.answer("aws", "echo AccessDeniedException >&2; exit 254");
    const { status, stderr } = write({ URL: { parameter: "/store/url" } });
    assert.equal(status, 1);
    assert.match(stderr, /AccessDeniedException/);
    assert.equal(instance.calls().filter((call) => call.startsWith("aws")).length, 10);
    assert.equal(instance.exists(FILE), false);
  });
});

describeWith(["bash"], "The services of an instance", () => {
  const applications = {
    builtin: { source: "builtin" },
    container: { source: "container", image: `public.ecr.aws/shop/store@${DIGEST}`, command: [] },
  } as const;
  for (const [source, application] of Object.entries(applications)) {
    it(`start again without a limit, whichever dependency is late: ${source}`, () => {
      const script = renderUserData({
        ...store,
        application,
        environment: { URL: { parameter: "/store/url" } },
        lifecycle: {
          launchHook: "boot",
          terminationHook: "drain",
          bootSeconds: 120,
          deregistrationDelaySeconds: 30,
        },
        agentPort: 8444,
      });
      assert.equal(instance.boot(script).status, 0);
      const units = readdirSync(instance.path("/etc/systemd/system"));
      assert.deepEqual(units.sort(), ["store-agent.service", "store-lifecycle.service", "store.service"]);
      for (const unit of units) {
        const lines = unitLines(unit.replace(".service", ""));
        const [head, service] = [
          lines.slice(0, lines.indexOf("[Service]")),
          lines.slice(lines.indexOf("[Service]")),
        ];
        assert.ok(head.includes("StartLimitIntervalSec=0"), unit);
        for (const line of ["Restart=always", "RestartSec=2"])
          assert.ok(service.includes(line), `${unit}: ${line}`);
        // systemd doesn't start a unit again after its requirement failed.
        assert.deepEqual(
          head.filter((line) => /^(Requires|Requisite|BindsTo)=/.test(line)),
          [],
          unit,
        );
      }
    });
  }
});

describeWith(["bash", "python3"], "The lifecycle of an instance", () => {
  const DELAY = 30;
  const complete = (hook: string): string =>
    `aws autoscaling complete-lifecycle-action --lifecycle-hook-name ${hook} ` +
    "--auto-scaling-group-name web-store-fleet-1234567 --instance-id i-0123456789abcdef0 --lifecycle-action-result CONTINUE";
  const leaving = [`time.sleep ${DELAY}`, "systemctl stop store.service", complete("drain")];
  const arriving = ["systemctl start store.service", complete("boot")];
  /** The calls since the boot. */
  const calls = (): string[] => instance.calls(DELAY).slice(2);

  async function follow(
    hooks: { launchHook: string | undefined; terminationHook: string | undefined },
    state: string | undefined,
    isHealthy: () => boolean = () => true,
  ): Promise<Metadata> {
    const port = await instance.serve((_, response) => response.writeHead(isHealthy() ? 200 : 503).end());
    const metadata = await instance.metadata();
    metadata.state = state;
    const lifecycle = { ...hooks, bootSeconds: 120, deregistrationDelaySeconds: DELAY };
    assert.equal(instance.boot(renderUserData({ ...store, port, lifecycle })).status, 0);
    instance.start("/opt/store/lifecycle.py", metadata);
    return metadata;
  }

  /** Waits for the calls, and checks that no others follow. */
  async function expectCalls(expected: readonly string[]): Promise<void> {
    await instance.until(() => calls().length >= expected.length, expected.join("\n"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(calls(), expected);
  }

  it("is followed from every boot on", async () => {
    await follow({ launchHook: undefined, terminationHook: "drain" }, undefined);
    assert.equal(instance.calls()[1], "systemctl enable --now store.service store-lifecycle.service");
  });

  it("ends in order: requests finish, the application stops, the hook completes", async () => {
    const metadata = await follow({ launchHook: undefined, terminationHook: "drain" }, undefined);
    await expectCalls([]);
    metadata.state = "InService";
    await expectCalls([]);
    metadata.state = "Terminated";
    await expectCalls(leaving);
    assert.deepEqual(metadata.refused, [], "asked without a token");
  });

  it("retries the hook's completion until AWS accepts it, after waiting for the load balancer", async () => {
    const count = instance.path("/count");
    instance.answer("aws", `echo >> ${count}; (( $(wc -l < ${count}) > 2 )) || exit 254`);
    const metadata = await follow({ launchHook: undefined, terminationHook: "drain" }, "InService");
    metadata.state = "Terminated";
    await expectCalls([...leaving, complete("drain"), complete("drain")]);
  });

  it("enters a warm pool once the instance is healthy, then service, returns to the pool, and ends", async () => {
    let healthy = false;
    const metadata = await follow(
      { launchHook: "boot", terminationHook: "drain" },
      "Warmed:Running",
      () => healthy,
    );
    await expectCalls(arriving.slice(0, 1));
    healthy = true;
    await expectCalls(arriving);
    metadata.state = "InService";
    await expectCalls([...arriving, ...arriving]);
    metadata.state = "Warmed:Running";
    await expectCalls([...arriving, ...arriving, ...leaving]);
    metadata.state = "Warmed:Terminated";
    await expectCalls([...arriving, ...arriving, ...leaving, ...leaving]);
  });

  it("completes no hook that the group does not have", async () => {
    const metadata = await follow({ launchHook: "boot", terminationHook: undefined }, "InService");
    await expectCalls(arriving);
    metadata.state = "Terminated";
    await expectCalls(arriving);
  });
});

describeWith(["bash", "python3"], "The scripts of an instance", () => {
  const everything: UserDataArgs = {
    ...store,
    environment: { A: { value: "a" }, B: { parameter: "b" }, C: { secretArn: "c", jsonKey: "d" } },
    lifecycle: {
      launchHook: "boot",
      terminationHook: "drain",
      bootSeconds: 60,
      deregistrationDelaySeconds: 30,
    },
  };
  const applications: UserDataArgs["application"][] = [
    { source: "builtin" },
    { source: "store", bucket: "b", key: "k", sha256: "0".repeat(64), ordersTable: "t" },
    {
      source: "container",
      image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/store@${DIGEST}`,
      command: [],
    },
    { source: "artifact", bucket: "b", key: "k", versionId: "", sha256: "0".repeat(64), command: ["run"] },
  ];

  for (const application of applications) {
    it(`are valid bash, and valid Python for Amazon Linux's Python 3.9: ${application.source}`, () => {
      const script = renderUserData({ ...everything, application });
      const bash = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
      assert.deepEqual([bash.stderr, bash.status], ["", 0]);
      const scripts = [...script.matchAll(/<<'(END_OF_SCRIPT|END_OF_SERVER)'\n([^]*?)^\1$/gm)];
      assert.equal(scripts.length, application.source === "builtin" ? 3 : 2);
      for (const [, , text = ""] of scripts) {
        const parse = "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 9))";
        const python = spawnSync("python3", ["-c", parse], { input: text, encoding: "utf8" });
        assert.deepEqual([python.stderr, python.status], ["", 0]);
      }
    });
  }
});
