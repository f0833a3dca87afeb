"""Fills moto with groups of instances. Arguments: moto's URL, and {"groups": [{"tags", "instances": [{"address", "type", "tags"}]}]}."""
import json
import sys

import boto3

url, wanted = sys.argv[1], json.loads(sys.argv[2])
known = dict(endpoint_url=url, region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test")
ec2 = boto3.client("ec2", **known)
autoscaling = boto3.client("autoscaling", **known)
# An image that moto has: listing all of them takes seconds.
image = "ami-03cf127a"
# All addresses belong to this machine, so that moto's generated ones can be reached.
subnets = ec2.describe_subnets(Filters=[{"Name": "cidr-block", "Values": ["127.0.0.0/16"]}])["Subnets"]
if not subnets:
    vpc = ec2.create_vpc(CidrBlock="127.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock="127.0.0.0/16")["Subnet"]]
subnet = subnets[0]["SubnetId"]
ids = {}
for index, group in enumerate(wanted["groups"]):
    name = group.get("name", f"group-{index}")
    template = ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={"ImageId": image, "InstanceType": "t3.micro"})
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName=name,
        MinSize=0,
        MaxSize=100,
        DesiredCapacity=0,
        VPCZoneIdentifier=subnet,
        LaunchTemplate={"LaunchTemplateName": name},
        Tags=[{"Key": key, "Value": value, "PropagateAtLaunch": False} for key, value in group["tags"].items()],
    )
    for instance in group["instances"]:
        tags = [{"Key": key, "Value": value} for key, value in instance.get("tags", {}).items()]
        made = ec2.run_instances(
            ImageId=image,
            MinCount=1,
            MaxCount=1,
            InstanceType=instance.get("type", "m7g.large"),
            SubnetId=subnet,
            PrivateIpAddress=instance["address"],
            **({"TagSpecifications": [{"ResourceType": "instance", "Tags": tags}]} if tags else {}),
        )
        ids[instance["address"]] = made["Instances"][0]["InstanceId"]
    started = [ids[instance["address"]] for instance in group["instances"]]
    for start in range(0, len(started), 20):
        autoscaling.attach_instances(AutoScalingGroupName=name, InstanceIds=started[start : start + 20])
for address in wanted.get("detach", []):
    found = ec2.describe_instances(Filters=[{"Name": "private-ip-address", "Values": [address]}])
    gone = found["Reservations"][0]["Instances"][0]["InstanceId"]
    groups = autoscaling.describe_auto_scaling_instances(InstanceIds=[gone])["AutoScalingInstances"]
    autoscaling.detach_instances(
        InstanceIds=[gone],
        AutoScalingGroupName=groups[0]["AutoScalingGroupName"],
        ShouldDecrementDesiredCapacity=True,
    )
for name, tags in wanted.get("tags", {}).items():
    autoscaling.create_or_update_tags(
        Tags=[
            {"ResourceId": name, "ResourceType": "auto-scaling-group", "Key": key, "Value": value, "PropagateAtLaunch": False}
            for key, value in tags.items()
        ]
    )
print(json.dumps(ids))
