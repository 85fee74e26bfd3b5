package io.ml4t.samples.marketdata.web;

import io.ml4t.samples.marketdata.FrameObjects;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.ReadOptions;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.Version;
import io.ml4t.storage.frame.DataFrame;
import io.ml4t.storage.io.csv.CsvFormat;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes and serves frames. No handler waits for the store: each returns the store's future, and the
 * response is written when it completes.
 */
@RestController
@RequestMapping("/api/data/{assetClass}/{frequency}/{symbol}")
class DataController {
  private final AsyncStorage storage;

  DataController(AsyncStorage storage) {
    this.storage = storage;
  }

  /**
   * Writes a frame.
   *
   * @param provider where the data comes from
   * @param ifMatch the version that the key must have
   * @param ifNoneMatch {@code *} where the key must not exist
   */
  @PutMapping(consumes = "text/csv")
  CompletableFuture<ResponseEntity<WrittenFrame>> put(
      @PathVariable String assetClass,
      @PathVariable String frequency,
      @PathVariable String symbol,
      @RequestParam(defaultValue = "csv") String provider,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
          @Nullable String ifNoneMatch,
      @RequestBody DataFrame frame) {
    StorageKey key = StorageKey.of(assetClass, frequency, symbol);
    return storage
        .put(FrameObjects.of(key, provider, frame), WriteConditions.of(ifMatch, ifNoneMatch))
        .thenApply(
            version ->
                ResponseEntity.status(HttpStatus.CREATED)
                    .eTag(eTag(version))
                    .body(WrittenFrame.of(version)));
  }

  /**
   * Reads a frame.
   *
   * @param columns the columns to read; all unless given
   * @param from the least timestamp, inclusive; an ISO date or date-time
   * @param to the greatest timestamp, exclusive; an ISO date or date-time
   */
  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
  CompletableFuture<ResponseEntity<StoredFrame>> get(
      @PathVariable String assetClass,
      @PathVariable String frequency,
      @PathVariable String symbol,
      @RequestParam(defaultValue = "") List<String> columns,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to) {
    StorageKey key = StorageKey.of(assetClass, frequency, symbol);
    ReadOptions part = part(columns, time("from", from), time("to", to));
    return storage
        .versions(key)
        .thenCompose(
            versions -> {
              Version newest = newest(key, versions);
              return storage
                  .read(key, asOf(part, newest.sequence()))
                  .thenApply(
                      object ->
                          ResponseEntity.ok()
                              .eTag(eTag(newest))
                              .varyBy(HttpHeaders.ACCEPT)
                              .body(StoredFrame.of(object, newest.sequence())));
            });
  }

  /** Deletes a frame. */
  @DeleteMapping
  CompletableFuture<ResponseEntity<Void>> delete(
      @PathVariable String assetClass,
      @PathVariable String frequency,
      @PathVariable String symbol) {
    StorageKey key = StorageKey.of(assetClass, frequency, symbol);
    return storage
        .delete(key)
        .thenApply(
            existed -> {
              if (!existed) {
                throw new KeyNotFoundException("delete", key);
              }
              return ResponseEntity.noContent().build();
            });
  }

  private static String eTag(Version version) {
    return "\"" + version.sequence() + "\"";
  }

  private static Version newest(StorageKey key, List<Version> versions) {
    if (versions.isEmpty() || versions.get(0).deleted()) {
      throw new KeyNotFoundException("read", key);
    }
    return versions.get(0);
  }

  /** The part as it was in that version, whatever is written in the meantime. */
  private static ReadOptions asOf(ReadOptions part, long sequence) {
    return new ReadOptions(part.columns(), part.from(), part.to(), sequence, null);
  }

  private static ReadOptions part(
      List<String> columns, @Nullable Instant from, @Nullable Instant to) {
    try {
      return new ReadOptions(columns, from, to, null, null);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
    }
  }

  private static @Nullable Instant time(String name, @Nullable String text) {
    try {
      return text == null ? null : CsvFormat.defaults().instant(text);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "Cannot read '" + name + "': " + e.getMessage(), e);
    }
  }
}
