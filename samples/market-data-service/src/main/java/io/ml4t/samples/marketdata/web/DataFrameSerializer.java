package io.ml4t.samples.marketdata.web;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.util.List;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes a frame as a JSON array with one object per row; timestamps and dates in ISO form. */
@JacksonComponent
class DataFrameSerializer extends ValueSerializer<DataFrame> {

  @Override
  public void serialize(DataFrame frame, JsonGenerator json, SerializationContext context) {
    List<String> names = frame.columnNames();
    List<Column> columns = names.stream().map(frame::column).toList();
    json.writeStartArray();
    for (int row = 0; row < frame.rowCount(); row++) {
      json.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        json.writeName(names.get(i));
        json.writePOJO(columns.get(i).value(row));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
