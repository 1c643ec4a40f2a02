// Draws the charts of a page from their data attributes. The numbers come from the server, labels included.

const FULL = "#17457c";
const OPEN = "#8fa9c9";
const INK = "#2b3440";
// Numbers of the axis as the page's language writes them: 1.000 in Vietnamese.
const NUMBER = new Intl.NumberFormat(document.documentElement.lang);

const draw = (place) => {
  const told = JSON.parse(place.dataset.chart);
  const rows = [...told.rows].reverse();
  place.style.height = `${rows.length * 28 + 40}px`;
  const wide = place.clientWidth > 500;
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: "Be Vietnam Pro, sans-serif", color: INK },
    grid: { left: 8, right: 64, top: 4, bottom: 24, containLabel: true },
    xAxis: { type: "value", min: 0, max: told.most, interval: told.most / 4, axisLabel: { formatter: (value) => NUMBER.format(value) }, splitLine: { lineStyle: { color: "#e6eaef" } } },
    yAxis: {
      type: "category",
      data: rows.map((row) => row.name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: INK, ...(rows.some((row) => row.name.length > 20) && { width: wide ? 220 : 150, overflow: "break", lineHeight: 13 }) },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 16,
        data: rows.map((row) => ({ value: row.value, itemStyle: { color: row.open ? OPEN : FULL } })),
        label: { show: true, position: "right", color: INK, formatter: ({ dataIndex }) => rows[dataIndex].label },
      },
    ],
  });
  return chart;
};

window.addEventListener("load", () => {
  const charts = [...document.querySelectorAll("[data-chart]")].map(draw);
  window.addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
});
