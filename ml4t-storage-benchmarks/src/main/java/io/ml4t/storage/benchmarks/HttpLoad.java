package io.ml4t.storage.benchmarks;

import io.ml4t.storage.frame.Column;
import io.ml4t.storage.frame.DataFrame;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * The sample web service under load over loopback: frames of 252 rows put and got as CSV, by
 * clients that wait for each answer, and at a steady rate, where a latency counts from when the
 * request was due. A turn is bounded in time, and by {@link #MAX_REQUESTS}.
 */
final class HttpLoad {
  private static final int KEYS = 100;
  private static final int MAX_REQUESTS = 20_000;
  private static final int[] CLIENTS = {1, 16, 64};
  private static final int[] PUTS_PER_SECOND = {50, 200};
  private static final int[] GETS_PER_SECOND = {100, 500};

  private final Report report;
  private final Path root;
  private final Path jar;
  private final long turnNanos;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final LongAdder failures = new LongAdder();

  HttpLoad(Report report, Path root, Path jar, long turnNanos) {
    this.report = report;
    this.root = root;
    this.jar = jar;
    this.turnNanos = turnNanos;
  }

  void run() throws IOException, InterruptedException {
    String csv = csv(new MarketData(MarketData.Kind.ROUNDED, MarketData.SMALL_ROWS).frame());
    try (SampleService sample = SampleService.start(jar, Files.createDirectories(root))) {
      IntFunction<HttpRequest> put =
          n ->
              request(sample.base(), n)
                  .header("Content-Type", "text/csv")
                  .PUT(BodyPublishers.ofString(csv))
                  .build();
      IntFunction<HttpRequest> get =
          n -> request(sample.base(), n).header("Accept", "text/csv").build();
      warmUp(put, get);
      report.note(
          "\n| over HTTP, 252 rows | requests/s | p50 | p99 | errors |\n|---|---:|---:|---:|---:|");
      for (int clients : CLIENTS) {
        closed("PUT, %d clients".formatted(clients), clients, put);
      }
      for (int clients : CLIENTS) {
        closed("GET, %d clients".formatted(clients), clients, get);
      }
      for (int rate : PUTS_PER_SECOND) {
        open("PUT, %d/s".formatted(rate), rate, put);
      }
      for (int rate : GETS_PER_SECOND) {
        open("GET, %d/s".formatted(rate), rate, get);
      }
    }
    report.figure("load-http-errors", (double) failures.sum(), Report.Bar.AT_MOST, 0, "");
  }

  /** Every key is there afterwards; an error fails the run. */
  private void warmUp(IntFunction<HttpRequest> put, IntFunction<HttpRequest> get)
      throws IOException, InterruptedException {
    for (int n = 0; n < 5 * KEYS; n++) {
      for (IntFunction<HttpRequest> requests : List.of(put, get)) {
        HttpResponse<String> response = http.send(requests.apply(n), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
          throw new IllegalStateException("Cannot warm up: " + response + " " + response.body());
        }
      }
    }
  }

  private void closed(String name, int clients, IntFunction<HttpRequest> requests) {
    Turn turn = new Turn();
    AtomicInteger next = new AtomicInteger();
    long end = turn.start + turnNanos;
    IntStream.range(0, clients)
        .mapToObj(client -> next(turn, requests, next, end))
        .toList()
        .forEach(CompletableFuture::join);
    turn.report(name);
  }

  /** One client: its next request goes out when the answer to the last is there. */
  private CompletableFuture<Void> next(
      Turn turn, IntFunction<HttpRequest> requests, AtomicInteger next, long end) {
    int n = next.getAndIncrement();
    long now = System.nanoTime();
    if (n >= MAX_REQUESTS || now - end >= 0) {
      return CompletableFuture.completedFuture(null);
    }
    return turn.send(requests.apply(n), now).thenCompose(done -> next(turn, requests, next, end));
  }

  private void open(String name, int rate, IntFunction<HttpRequest> requests) {
    Turn turn = new Turn();
    long pause = TimeUnit.SECONDS.toNanos(1) / rate;
    int count = (int) Math.min(MAX_REQUESTS, 2 * turnNanos / pause);
    CompletableFuture<?>[] sent = new CompletableFuture<?>[count];
    for (int n = 0; n < count; n++) {
      long due = turn.start + n * pause;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      sent[n] = turn.send(requests.apply(n), due);
    }
    CompletableFuture.allOf(sent).join();
    turn.report(name);
  }

  private static HttpRequest.Builder request(URI base, int n) {
    return HttpRequest.newBuilder(base.resolve("/api/data/equities/minute/H" + n % KEYS))
        .timeout(Duration.ofSeconds(30));
  }

  private static String csv(DataFrame frame) {
    List<Column> columns = frame.columnNames().stream().map(frame::column).toList();
    return IntStream.range(0, frame.rowCount())
        .mapToObj(
            row ->
                columns.stream()
                    .map(column -> String.valueOf(column.value(row)))
                    .collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", String.join(",", frame.columnNames()) + "\n", "\n"));
  }

  /** What came of the requests of one line of the table. */
  private final class Turn {
    private final Histogram latencies = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(5), 2);
    private final LongAdder failed = new LongAdder();
    private final long start = System.nanoTime();

    /** Completes normally whatever comes of the request. */
    CompletableFuture<?> send(HttpRequest request, long due) {
      return http.sendAsync(request, BodyHandlers.discarding())
          .handle(
              (response, failure) -> {
                if (failure != null || response.statusCode() / 100 != 2) {
                  failed.increment();
                } else {
                  latencies.recordValue(System.nanoTime() - due);
                }
                return null;
              });
    }

    void report(String name) {
      failures.add(failed.sum());
      report.note(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %s | %s | %d |",
              name,
              latencies.getTotalCount() * 1e9 / (System.nanoTime() - start),
              Report.time((double) latencies.getValueAtPercentile(50)),
              Report.time((double) latencies.getValueAtPercentile(99)),
              failed.sum()));
    }
  }
}
