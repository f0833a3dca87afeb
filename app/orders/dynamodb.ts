import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";

import { newSigningKey, type Order, type Orders, OrdersUnavailable } from "./orders";

/**
 * Orders in a DynamoDB table with the partition key `pk`, a string. It needs `dynamodb:GetItem` and
 * `dynamodb:PutItem`.
 *
 * An order is put on the condition that none with its id exists. The SDK makes up to three attempts: if the
 * first was successful but its response was lost, the second finds the same order.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
 */
export class DynamoOrders implements Orders {
  private readonly client = new DynamoDBClient({
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });

  constructor(private readonly table: string) {}

  async placeOnce(order: Order): Promise<Order> {
    return JSON.parse(await this.putOnce(`order#${order.id}`, JSON.stringify(order))) as Order;
  }

  async find(id: string): Promise<Order | undefined> {
    const value = await this.get(`order#${id}`);
    return value === undefined ? undefined : (JSON.parse(value) as Order);
  }

  async signingKey(): Promise<string> {
    return (await this.get("secret#cart")) ?? (await this.putOnce("secret#cart", newSigningKey()));
  }

  close(): void {
    this.client.destroy();
  }

  private async putOnce(pk: string, value: string): Promise<string> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.table,
          Item: { pk: { S: pk }, value: { S: value } },
          ConditionExpression: "attribute_not_exists(pk)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
      return value;
    } catch (error) {
      const there = error instanceof ConditionalCheckFailedException ? error.Item?.["value"]?.S : undefined;
      if (there !== undefined) return there;
      throw unavailable(error);
    }
  }

  private async get(pk: string): Promise<string | undefined> {
    try {
      // Consistent, so that it finds an order that was placed a moment ago, possibly by another instance.
      const { Item } = await this.client.send(
        new GetItemCommand({ TableName: this.table, Key: { pk: { S: pk } }, ConsistentRead: true }),
      );
      return Item?.["value"]?.S;
    } catch (error) {
      throw unavailable(error);
    }
  }
}

function unavailable(cause: unknown): OrdersUnavailable {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  return new OrdersUnavailable(`DynamoDB: ${name}: ${message}`, { cause });
}
