"""Creates the table of orders in moto. Arguments: moto's URL, and the requested content, which is ignored."""
import json
import sys

import boto3

table = boto3.client(
    "dynamodb",
    endpoint_url=sys.argv[1],
    region_name="eu-west-1",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
table.create_table(
    TableName="orders",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
)
print(json.dumps({}))
