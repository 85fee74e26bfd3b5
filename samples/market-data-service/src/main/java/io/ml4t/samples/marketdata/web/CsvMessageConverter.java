package io.ml4t.samples.marketdata.web;

import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.io.csv.CsvFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.stereotype.Component;

/** Reads a frame from a {@code text/csv} body, and writes a stored one to it. */
@Component
class CsvMessageConverter extends AbstractHttpMessageConverter<Object> {

  CsvMessageConverter() {
    super(StandardCharsets.UTF_8, new MediaType("text", "csv"));
  }

  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return type == DataFrame.class && canRead(mediaType);
  }

  @Override
  public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
    return type == StoredFrame.class && canWrite(mediaType);
  }

  @Override
  protected boolean supports(Class<?> type) {
    return type == DataFrame.class || type == StoredFrame.class;
  }

  @Override
  protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
    return format(message).read(message.getBody(), "CSV").data();
  }

  @Override
  protected void writeInternal(Object frame, HttpOutputMessage message) throws IOException {
    format(message).write(((StoredFrame) frame).data(), message.getBody());
  }

  private static CsvFormat format(HttpMessage message) {
    return Optional.ofNullable(message.getHeaders().getContentType())
        .map(MediaType::getCharset)
        .map(charset -> CsvFormat.builder().charset(charset).build())
        .orElse(CsvFormat.defaults());
  }
}
