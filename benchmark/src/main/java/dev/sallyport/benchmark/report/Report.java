package dev.sallyport.benchmark.report;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonArray;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonObject;

/** All rows of one run: as a Markdown table and as JSON. */
public record Report(String machine, List<Row> rows) {

  public Report {
    rows = List.copyOf(rows);
  }

  public String table() {
    var text = new StringBuilder("| what | measured | must | how |\n|---|---:|---:|---|\n");
    for (Row row : rows) {
      text.append("| ").append(row.what()).append(" | ").append(row.met() ? "" : "**").append(Numbers.text(row.value()))
          .append(' ').append(row.unit())
          .append(row.met() ? "" : "**").append(" | ").append(row.must()).append(" | ").append(row.how())
          .append(" |\n");
    }
    return text.toString();
  }

  public JsonObject json() {
    var items = new ArrayList<Json>();
    for (Row row : rows) {
      items.add(JsonObject.builder().put("what", row.what()).put("value", new JsonNumber.Real(row.value()))
          .put("unit", row.unit()).put("must", row.must())
          .put("met", row.met()).put("how", row.how()).build());
    }
    return JsonObject.builder().put("machine", machine).put("rows", JsonArray.of(items)).build();
  }
}
