/** ECharts with lines, bars, points and SVG: two thirds of the whole. The types are the whole one's. */
declare module "echarts/dist/echarts.common.min" {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- they are exported as one
  import echarts = require("echarts");
  export = echarts;
}
