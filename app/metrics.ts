import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** What `/metrics` tells, in Prometheus' format. */
export class Metrics {
  private readonly registry = new Registry();
  /** Requests that are being answered. */
  readonly inFlight = new Gauge({
    name: "store_requests_in_flight",
    help: "Requests that are being answered",
    registers: [this.registry],
  });
  /** Seconds that answers took, by method, route and status. */
  readonly duration = new Histogram({
    name: "store_request_duration_seconds",
    help: "Seconds that answers took",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  /** Orders by what became of them. */
  readonly orders = new Counter({
    name: "store_orders_total",
    help: "Orders by what became of them",
    labelNames: ["outcome"] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** The metrics as text, and its media type. */
  async render(): Promise<{ readonly text: string; readonly type: string }> {
    return { text: await this.registry.metrics(), type: this.registry.contentType };
  }
}
