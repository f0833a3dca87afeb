"""Creates the resources in moto that the status function reports on, and prints their names as JSON.

Arguments: moto's URL, and a JSON object {"name": TEXT, "healthy": N, "stopped": N, "metrics": bool}.
"""

import datetime
import json
import sys

import boto3

url, wanted = sys.argv[1], json.loads(sys.argv[2])
name = wanted["name"]


def client(service):
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="eu-west-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


ec2, elb, scaling, cloudwatch = map(client, ["ec2", "elbv2", "autoscaling", "cloudwatch"])

vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
subnets = [
    ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{at}.0/24", AvailabilityZone=f"eu-west-1{zone}")["Subnet"]["SubnetId"]
    for at, zone in enumerate("ab")
]
balancer = elb.create_load_balancer(Name=name, Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
group = elb.create_target_group(Name=name, Protocol="HTTP", Port=8080, VpcId=vpc)
group = group["TargetGroups"][0]["TargetGroupArn"]
elb.create_listener(
    LoadBalancerArn=balancer,
    Protocol="HTTP",
    Port=80,
    DefaultActions=[{"Type": "forward", "TargetGroupArn": group}],
)

# A fleet managed by Auto Scaling: launched in both zones, and registered with the target group.
# An image that moto has: listing all of them takes seconds.
image = "ami-03cf127a"
template = ec2.create_launch_template(
    LaunchTemplateName=name, LaunchTemplateData={"ImageId": image, "InstanceType": "t3.micro"}
)
template = template["LaunchTemplate"]["LaunchTemplateId"]
total = wanted["healthy"] + wanted["stopped"]
scaling.create_auto_scaling_group(
    AutoScalingGroupName=name,
    LaunchTemplate={"LaunchTemplateId": template, "Version": "$Latest"},
    MinSize=0,
    MaxSize=max(total, 1),
    DesiredCapacity=total,
    VPCZoneIdentifier=",".join(subnets),
    TargetGroupARNs=[group],
)
instances = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"][0]["Instances"]
stopped = [instance["InstanceId"] for instance in instances[: wanted["stopped"]]]
if stopped:
    ec2.stop_instances(InstanceIds=stopped)

suffix = balancer.split(":loadbalancer/")[1]
if wanted["metrics"]:
    # The same values each minute, for more minutes than the function requests, however long the tests take.
    now = datetime.datetime.now(datetime.timezone.utc)
    for metric, value in {
        "RequestCount": 98,
        "HTTPCode_Target_5XX_Count": 1,
        "HTTPCode_ELB_5XX_Count": 2,
        "TargetResponseTime": 0.2,
    }.items():
        cloudwatch.put_metric_data(
            Namespace="AWS/ApplicationELB",
            MetricData=[
                {
                    "MetricName": metric,
                    "Dimensions": [{"Name": "LoadBalancer", "Value": suffix}],
                    "Timestamp": now + datetime.timedelta(minutes=minute),
                    "Value": value,
                }
                for minute in range(-10, 10)
            ],
        )

print(json.dumps({"loadBalancer": suffix, "targetGroupArn": group}))
