"use strict";
// Everything from an answer is set as text, never as markup.
const rows = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const node = (tag, text, name) => {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
};
const fill = (select, values) =>
  [...new Set(values)].sort().forEach((value) => select.append(node("option", value)));
fill(byId("layer"), rows.flatMap((row) => row.wrong));
fill(byId("facet"), rows.flatMap((row) => row.facets));

function table(columns, lines) {
  const made = node("table"), head = node("tr");
  columns.forEach((column) => head.append(node("th", column)));
  made.append(head);
  lines.forEach((line) => {
    const row = node("tr");
    line.forEach((cell) => row.append(node("td", cell === null ? "" : String(cell))));
    made.append(row);
  });
  return made;
}

function citation(one) {
  const made = node("li", `[${one.marker}] ${one.title}, ${one.locator} (${one.source})`);
  if (one.quote) made.append(node("blockquote", one.quote));
  return made;
}

function body(row) {
  const made = node("div", undefined, "body");
  row.turns.forEach((turn) => made.append(node("p", `> ${turn}`)));
  made.append(node("h3", "Verdicts"));
  made.append(table(["layer", "", "errors", "what was wrong", "measures"],
    row.verdicts.map((v) => [v.layer, v.right ? "right" : "wrong", v.errors.join(", "),
      v.explanation, Object.entries(v.measures).map(([n, x]) => `${n} ${x.toFixed(3)}`)
        .join(", ")])));
  made.append(node("h3", "Expected"));
  made.append(node("pre", JSON.stringify(row.expect, null, 1)));
  if (!row.answer) {
    made.append(node("pre", JSON.stringify(row.error, null, 1)));
    return made;
  }
  made.append(node("h3", `Answer (${row.answer.status}, ${row.answer.elapsed_ms} ms)`));
  made.append(node("div", row.answer.answer, "answer"));
  made.append(node("h3", "Calls"));
  made.append(node("pre", JSON.stringify(row.answer.tool_calls, null, 1)));
  made.append(node("h3", "Evidence"));
  const sources = node("ul");
  row.answer.citations.forEach((one) => sources.append(citation(one)));
  made.append(sources);
  row.answer.tables.forEach((one) => {
    made.append(node("h4", `${one.title} (${one.rows.length} of ${one.total_rows})`));
    made.append(table(one.columns, one.rows));
  });
  row.answer.caveats.forEach((caveat) => made.append(node("p", caveat)));
  return made;
}

function shown(row) {
  const words = byId("words").value.toLowerCase();
  return (!byId("outcome").value || row.outcome === byId("outcome").value)
    && (!byId("layer").value || row.wrong.includes(byId("layer").value))
    && (!byId("facet").value || row.facets.includes(byId("facet").value))
    && (!words || `${row.id} ${row.turns.join(" ")}`.toLowerCase().includes(words));
}

function draw() {
  const kept = rows.filter(shown);
  byId("count").textContent = `${kept.length} of ${rows.length} questions`;
  byId("questions").replaceChildren(...kept.map((row) => {
    const made = node("details");
    made.id = `q-${row.id}`;
    made.append(node("summary", `${row.id}: ${row.turns.at(-1)}`, row.outcome));
    made.addEventListener("toggle", () => {
      if (made.open && made.children.length === 1) made.append(body(row));
    });
    return made;
  }));
}

for (const id of ["outcome", "layer", "facet"]) byId(id).addEventListener("change", draw);
byId("words").addEventListener("input", draw);
byId("filters").addEventListener("reset", () => setTimeout(draw));
byId("filters").addEventListener("submit", (event) => event.preventDefault());
draw();
