"""Keeps HAProxy's server slots as the store's Auto Scaling groups are.

Each round asks Auto Scaling and EC2 for the instances in service and makes HAProxy have those, by its runtime API. While
AWS doesn't answer, HAProxy keeps the ones it has: its own health checks tell which of them are alive.
https://docs.haproxy.org/2.6/management.html#9.3
"""
import ipaddress
import json
import os
import socket
import sys
import time

BACKEND = os.environ.get("BACKEND", "store")
ADMIN_SOCKET = os.environ["ADMIN_SOCKET"]
# The last set that AWS told, for a start while it doesn't answer.
KNOWN_FILE = os.environ["KNOWN_FILE"]
# HAProxy reads it when it is reloaded.
STATE_FILE = os.environ["STATE_FILE"]
# Tags that the groups have, any value of each: {"Name": [...], "Stack": [...]}.
GROUP_TAGS = json.loads(os.environ.get("GROUP_TAGS", "{}"))
SERVER_PORT = int(os.environ["SERVER_PORT"])
# Whether instances have weights of their own, or groups only.
INSTANCE_WEIGHTS = os.environ.get("INSTANCE_WEIGHTS") == "yes"
# Whether servers have agents, which are told their weight and answer how much of it they carry.
AGENTS = os.environ.get("AGENTS") == "yes"
# Auto Scaling takes 100 at the most.
PAGE_SIZE = int(os.environ.get("PAGE_SIZE", "100"))
POLL_SECONDS = float(os.environ.get("POLL_SECONDS", "5"))
DRAIN_SECONDS = float(os.environ.get("DRAIN_SECONDS", "30"))
# A group's share of requests; with `:` and a type behind, the weight of its instances of that type. On an instance,
# its own weight.
WEIGHT_TAG = "balancing-weight"
FULL_WEIGHT = 100


def log(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


def tags_of(resource):
    return {tag["Key"]: tag["Value"] for tag in resource.get("Tags", [])}


def number(text, default):
    """A weight, or the default for what is none."""
    return int(text) if text is not None and text.isdecimal() and len(text) <= 4 else default


def discover(autoscaling, ec2):
    """Addresses of the instances in service, each with its weight."""
    filters = [{"Name": "tag:" + key, "Values": values} for key, values in GROUP_TAGS.items()]
    paging = {"PageSize": PAGE_SIZE}
    pages = autoscaling.get_paginator("describe_auto_scaling_groups").paginate(Filters=filters, PaginationConfig=paging)
    groups = {}
    for group in (group for page in pages for group in page["AutoScalingGroups"]):
        for instance in group["Instances"]:
            if instance["LifecycleState"] == "InService" and instance["HealthStatus"].lower() == "healthy":
                groups[instance["InstanceId"]] = (group["AutoScalingGroupName"], tags_of(group))
    members = {}
    ids = sorted(groups)
    for start in range(0, len(ids), 200):
        # By a filter and not by id: of one that is gone by now there is nothing to tell, and nothing to fail on.
        wanted = [{"Name": "instance-id", "Values": ids[start : start + 200]}]
        for page in ec2.get_paginator("describe_instances").paginate(Filters=wanted, PaginationConfig=paging):
            for instance in (i for reservation in page["Reservations"] for i in reservation["Instances"]):
                if instance.get("PrivateIpAddress"):
                    name, group_tags = groups[instance["InstanceId"]]
                    # It becomes part of a command: what is no address ends the round.
                    address = str(ipaddress.IPv4Address(instance["PrivateIpAddress"]))
                    members.setdefault(name, (group_tags, {}))[1][address] = own_weight(instance, group_tags)
    return normalised(members.values())


def own_weight(instance, group_tags):
    if not INSTANCE_WEIGHTS:
        return 1
    of_type = number(group_tags.get(f"{WEIGHT_TAG}:{instance['InstanceType']}"), 1)
    return number(tags_of(instance).get(WEIGHT_TAG), of_type)


def normalised(groups):
    """Weights from 0 to 100. A group that has a weight shares it among its instances, however many they are."""
    weights = {}
    for group_tags, own in groups:
        total = sum(own.values())
        share = number(group_tags.get(WEIGHT_TAG), None)
        factor = 1 if share is None else share / total if total > 0 else 0
        weights.update({address: weight * factor for address, weight in own.items()})
    most = max(weights.values(), default=0)
    scaled = {a: FULL_WEIGHT * w / most if most > 0 else 0 for a, w in weights.items()}
    return {a: max(min(1, w), round(w)) if w > 0 else 0 for a, w in scaled.items()}


class HAProxy:
    def ask(self, *commands):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            connection.connect(ADMIN_SOCKET)
            connection.sendall((";".join(commands) + "\n").encode())
            chunks = iter(lambda: connection.recv(65536), b"")
            return b"".join(chunks).decode()

    def slots(self):
        """By name: address, whether it is out of service, and how many requests are under way."""
        states = [line.split() for line in self.ask("show servers state " + BACKEND).splitlines()[2:] if line]
        fields = [line.split(",") for line in self.ask(f"show stat {BACKEND} 4 -1").splitlines()]
        current = {row[1]: int(row[4] or 0) for row in fields[1:] if len(row) > 4}
        # Operational state 0: its checks fail. Bits of the administrative state: 0 out of service, 3 drained.
        return {
            row[3]: {
                "address": row[4],
                "alive": int(row[5]) > 0,
                "free": int(row[6]) & 1 == 1,
                "drained": int(row[6]) & 8 == 8,
                "current": current.get(row[3], 0),
            }
            for row in states
        }


class Reconciler:
    def __init__(self, haproxy):
        self.haproxy = haproxy
        self.leaving = {}
        self.weights = {}

    def reconcile(self, wanted, fresh):
        """Makes HAProxy have the wanted servers. What it has, it asks each time: it may have been restarted."""
        slots = self.haproxy.slots()
        commands, held, others = [], set(), {}
        for name, slot in slots.items():
            if slot["free"]:
                continue
            # An address that has a slot already needs no second one.
            if slot["address"] in wanted and slot["address"] not in held:
                held.add(slot["address"])
                commands += self.keep(name, slot["address"], wanted[slot["address"]])
            else:
                others[name] = slot
        # AWS may tell of a part only: of those that serve all the same, no more leave than stay. Who really ends says so to
        # HAProxy's checks.
        staying = sum(
            slot["alive"] and not slot["drained"] and not slot["free"] and name not in others for name, slot in slots.items()
        )
        drained = sum(slot["alive"] and slot["drained"] for slot in others.values())
        for name, slot in others.items():
            if slot["alive"] and staying == 0 and slot["drained"]:
                commands += self.take_back(name, slot)
            elif slot["drained"] or not slot["alive"] or (fresh and drained < staying):
                drained += slot["alive"] and not slot["drained"]
                commands += self.let_go(name, slot, fresh)
        free = [name for name, slot in slots.items() if slot["free"]]
        for address in sorted(wanted.keys() - held):
            if not free:
                log("no-slot-left", address=address)
                break
            commands += self.add(free.pop(0), address, wanted[address])
        # HAProxy takes lines of its buffer's size: one command each, a slot's in a row.
        for command in commands:
            answer = self.haproxy.ask(command).strip()
            if answer and "no need to change" not in answer and "changed from" not in answer:
                log("haproxy-says", command=command, answer=answer)

    def server(self, name):
        return f"{BACKEND}/{name}"

    def add(self, name, address, weight):
        log("add", server=name, address=address, weight=weight)
        self.leaving.pop(name, None)
        self.weights[name] = weight
        server = self.server(name)
        return [
            f"set server {server} addr {address} port {SERVER_PORT}",
            *self.tell_agent(server, weight),
            f"set server {server} weight {weight}%",
            f"set server {server} state ready",
        ]

    def tell_agent(self, server, weight):
        """Each round: a reload forgets it, and HAProxy doesn't say what it has."""
        return [f"set server {server} agent-send weight={weight}"] if AGENTS else []

    def keep(self, name, address, weight):
        server = self.server(name)
        commands = self.tell_agent(server, weight)
        if self.leaving.pop(name, None) is not None:
            commands.append(f"set server {server} state ready")
        if self.weights.get(name) != weight:
            log("weight", server=name, address=address, weight=weight)
            commands.append(f"set server {server} weight {weight}%")
        self.weights[name] = weight
        return commands

    def take_back(self, name, slot):
        log("take-back", server=name, address=slot["address"])
        self.leaving.pop(name, None)
        return [f"set server {self.server(name)} state ready"]

    def let_go(self, name, slot, fresh):
        """What is under way ends first; and who serves is told of again, if AWS has only forgotten it."""
        server = self.server(name)
        since = self.leaving.get(name)
        if since is None:
            log("drain", server=name, address=slot["address"])
            self.leaving[name] = time.monotonic()
            return [f"set server {server} state drain"]
        waits = slot["alive"] or slot["current"] > 0
        if waits and (time.monotonic() - since < DRAIN_SECONDS or (slot["alive"] and not fresh)):
            return []
        log("remove", server=name, address=slot["address"])
        self.leaving.pop(name)
        self.weights.pop(name, None)
        return [f"set server {server} state maint"]


def read_known():
    try:
        with open(KNOWN_FILE) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def write(path, text):
    with open(path + ".new", "w") as file:
        file.write(text)
    os.replace(path + ".new", path)


def run():
    import boto3
    from botocore.config import Config

    patience = Config(connect_timeout=2, read_timeout=10, retries={"max_attempts": 2, "mode": "standard"})
    autoscaling = boto3.client("autoscaling", config=patience)
    ec2 = boto3.client("ec2", config=patience)
    reconciler = Reconciler(HAProxy())
    known = read_known()
    while True:
        fresh = False
        try:
            found = discover(autoscaling, ec2)
            # A store without any instance is more likely a mistake than a wish: HAProxy's checks know better.
            if found or not known:
                if found != known:
                    write(KNOWN_FILE, json.dumps(found))
                known, fresh = found, True
            else:
                log("nothing-found", kept=len(known))
        except Exception as error:
            log("aws-silent", error=f"{type(error).__name__}: {error}", kept=len(known))
        try:
            if known:
                reconciler.reconcile(known, fresh)
        except Exception as error:
            log("haproxy-silent", error=f"{type(error).__name__}: {error}")
        time.sleep(POLL_SECONDS)


if __name__ == "__main__":
    if sys.argv[1:] == ["save-state"]:
        # Before a reload: the new process has the servers that the old one had.
        write(STATE_FILE, HAProxy().ask("show servers state " + BACKEND))
    else:
        run()
