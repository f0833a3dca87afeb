import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** The metrics of `/metrics`, in Prometheus' format. */
export class Metrics {
  private readonly registry = new Registry();
  /** Requests in flight. */
  readonly inFlight = new Gauge({
    name: "store_requests_in_flight",
    help: "Requests that are being answered",
    registers: [this.registry],
  });
  /** Response times in seconds, by method, route and status. */
  readonly duration = new Histogram({
    name: "store_request_duration_seconds",
    help: "Seconds that answers took",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  /** Orders by outcome. */
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
