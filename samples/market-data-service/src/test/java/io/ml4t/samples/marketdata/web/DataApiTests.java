package io.ml4t.samples.marketdata.web;

import static io.ml4t.samples.marketdata.HttpService.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.ml4t.samples.marketdata.HttpService;
import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.StorageKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as a client sees it, over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "market-data.demo=false")
class DataApiTests {
  private static final String AAPL = "/api/data/equities/daily/AAPL";
  private static final String CSV =
      """
      timestamp,open,high,low,close,volume,note
      2013-01-02T00:00:00,553.82,555.0,541.63,549.03,20018500,
      2013-01-03T00:00:00,547.88,549.67,541.0,542.1,12605900,"split, soon"
      2013-01-04T00:00:00,536.97,538.63,525.83,527.0,21226200,
      """;

  @TempDir static Path root;

  @Autowired AsyncStorage storage;
  @LocalServerPort int port;
  private HttpService service;

  @DynamicPropertySource
  static void dataRoot(DynamicPropertyRegistry properties) {
    properties.add("ml4t.storage.data-root", () -> root.toString());
  }

  @BeforeEach
  void startEmpty() {
    service = new HttpService(port);
    for (StorageKey key : storage.listKeys().join()) {
      storage.delete(key).join();
    }
  }

  @Test
  void putAnswersWithKeyVersionAndRows() throws Exception {
    HttpResponse<String> response = service.putCsv(AAPL, CSV);
    assertThat(response.statusCode()).isEqualTo(201);
    long version = newestVersion("equities/daily/AAPL");
    assertThat(response.headers().firstValue("ETag")).hasValue("\"" + version + "\"");
    assertThat(response.body())
        .isEqualTo("{\"key\":\"equities/daily/AAPL\",\"version\":" + version + ",\"rows\":3}");
  }

  @Test
  void getAnswersInCsvWithEqualValues() throws Exception {
    service.putCsv(AAPL, CSV);
    HttpResponse<String> response = service.get(AAPL, "Accept", "text/csv");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(response.body()).isEqualTo(CSV);
  }

  @Test
  void getAnswersInJsonUnlessAskedOtherwise() throws Exception {
    service.putCsv(AAPL + "?provider=yahoo", CSV);
    HttpResponse<String> response = service.get(AAPL);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    var body = json(response);
    assertThat(body.get("key").asString()).isEqualTo("equities/daily/AAPL");
    assertThat(body.get("version").asLong()).isEqualTo(newestVersion("equities/daily/AAPL"));
    assertThat(body.get("rows").asInt()).isEqualTo(3);
    assertThat(body.get("metadata").get("provider").asString()).isEqualTo("yahoo");
    assertThat(body.get("data").get(1).toString())
        .isEqualTo(
            "{\"timestamp\":\"2013-01-03T00:00:00\",\"open\":547.88,\"high\":549.67,"
                + "\"low\":541.0,\"close\":542.1,\"volume\":12605900,\"note\":\"split, soon\"}");
    assertThat(body.get("data").get(0).get("note").isNull()).isTrue();
  }

  @Test
  void instantsComeBackAsInstants() throws Exception {
    service.putCsv(
        AAPL, "timestamp,open,high,low,close,volume\n1950-01-02T05:00:00+01:00,1,1,1,1,1\n");
    assertThat(json(service.get(AAPL)).get("data").get(0).get("timestamp").asString())
        .isEqualTo("1950-01-02T04:00:00Z");
    assertThat(service.get(AAPL, "Accept", "text/csv").body()).contains("\n1950-01-02T04:00:00Z,");
  }

  @Test
  void getTakesColumnsAndARangeOfTime() throws Exception {
    service.putCsv(AAPL, CSV);
    assertThat(
            service
                .get(
                    AAPL + "?columns=timestamp,close&from=2013-01-03&to=2013-01-04T00:00:00Z",
                    "Accept",
                    "text/csv")
                .body())
        .isEqualTo("timestamp,close\n2013-01-03T00:00:00,542.1\n");
  }

  @Test
  void getAnswersNotModifiedToTheClientThatHasTheVersion() throws Exception {
    String version = service.putCsv(AAPL, CSV).headers().firstValue("ETag").orElseThrow();
    assertThat(service.get(AAPL, "If-None-Match", version).statusCode()).isEqualTo(304);
    service.putCsv(AAPL, CSV);
    assertThat(service.get(AAPL, "If-None-Match", version).statusCode()).isEqualTo(200);
  }

  @Test
  void deleteAnswersNoContentAndThenNotFound() throws Exception {
    service.putCsv(AAPL, CSV);
    assertThat(service.delete(AAPL).statusCode()).isEqualTo(204);
    assertProblem(service.delete(AAPL), 404, "Cannot delete equities/daily/AAPL: no such key");
    assertProblem(service.get(AAPL), 404, "Cannot read equities/daily/AAPL: no such key");
  }

  @Test
  void aCreateOnlyWriteConflictsWithAKeyThatExists() throws Exception {
    assertThat(service.putCsv(AAPL, CSV, "If-None-Match", "*").statusCode()).isEqualTo(201);
    assertProblem(service.putCsv(AAPL, CSV, "If-None-Match", "*"), 409, "equities/daily/AAPL");
  }

  @Test
  void aWriteConflictsWhenTheVersionItIsBasedOnIsNotTheNewest() throws Exception {
    String first = service.putCsv(AAPL, CSV).headers().firstValue("ETag").orElseThrow();
    assertThat(service.putCsv(AAPL, CSV, "If-Match", first).statusCode()).isEqualTo(201);
    assertProblem(service.putCsv(AAPL, CSV, "If-Match", first), 409, "equities/daily/AAPL");
  }

  @ParameterizedTest
  @CsvSource({
    "If-Match, *",
    "If-Match, W/\"1\"",
    "If-Match, '\"1\", \"2\"'",
    "If-None-Match, \"1\"",
  })
  void aConditionThatAWriteCannotHaveIsRefused(String header, String value) throws Exception {
    assertProblem(service.putCsv(AAPL, CSV, header, value), 400, header + " takes");
  }

  @Test
  void aWrongFieldIsNamedByLineAndColumn() throws Exception {
    HttpResponse<String> response = service.putCsv(AAPL, CSV.replace("541.0,", "five,"));
    assertProblem(response, 400, "Cannot read CSV: line 3, column 'low': 'five' is not a number");
    assertThat(json(response).get("line").asLong()).isEqualTo(3);
    assertThat(json(response).get("column").asString()).isEqualTo("low");
  }

  @Test
  void aColumnThatIsNotThereIsNamed() throws Exception {
    service.putCsv(AAPL, CSV);
    assertProblem(service.get(AAPL + "?columns=bid"), 422, "bid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"from=yesterday", "from=2013-01-04&to=2013-01-03"})
  void aRangeThatIsNoneIsRefused(String query) throws Exception {
    service.putCsv(AAPL, CSV);
    assertThat(service.get(AAPL + "?" + query).statusCode()).isEqualTo(400);
  }

  @Test
  void anErrorIsAProblemForAClientThatAcceptsOnlyCsvToo() throws Exception {
    assertProblem(service.get(AAPL, "Accept", "text/csv"), 404, "no such key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%2e%2e", "a%2F..%2Fb", "%252e%252e", "a%00b", "..%5Ca"})
  void aSymbolThatIsNoneIsRefused(String symbol) throws Exception {
    HttpResponse<String> response = service.putCsv("/api/data/equities/daily/" + symbol, CSV);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(storage.listKeys().join()).isEmpty();
  }

  @Test
  void aDotSegmentIsNamedInTheProblem() throws Exception {
    assertProblem(
        service.putCsv("/api/data/equities/daily/a%2F..%2Fb", CSV), 400, "symbol 'a/../b'");
  }

  @ParameterizedTest
  @CsvSource({
    "AAPL, AAPL, AAPL",
    "BRK.B, BRK.B, BRK.B",
    "BTC%2FUSD, BTC/USD, BTC%2FUSD",
    "%5EGSPC, ^GSPC, ^GSPC",
    "ES=F, ES=F, ES=F",
    "CON, CON, %43ON",
    "a%20b, a b, a%20b",
    "%C3%85SA, \u00c5SA, %C3%85SA",
    "a%5Cb, a\\b, a%5Cb",
    "a%3Bb, a;b, a%3Bb",
  })
  void anySymbolOfAnExchangeGoesInAndOut(String inPath, String symbol, String inKey)
      throws Exception {
    String path = "/api/data/equities/daily/" + inPath;
    assertThat(json(service.putCsv(path, CSV)).get("key").asString())
        .isEqualTo("equities/daily/" + inKey);
    assertThat(storage.listKeys().join())
        .containsExactly(StorageKey.of("equities", "daily", symbol));
    assertThat(service.get(path, "Accept", "text/csv").body()).isEqualTo(CSV);
    assertThat(service.delete(path).statusCode()).isEqualTo(204);
  }

  @Test
  void keysAreListedInOrderByPrefix() throws Exception {
    service.putCsv("/api/data/equities/daily/MSFT", CSV);
    service.putCsv("/api/data/crypto/4hour/BTC%2FUSD", CSV);
    service.putCsv("/api/data/equities/daily/AAPL", CSV);
    assertThat(service.get("/api/keys").body())
        .isEqualTo("[\"crypto/4hour/BTC%2FUSD\",\"equities/daily/AAPL\",\"equities/daily/MSFT\"]");
    assertThat(service.get("/api/keys?prefix=equities/daily").body())
        .isEqualTo("[\"equities/daily/AAPL\",\"equities/daily/MSFT\"]");
    assertThat(service.get("/api/keys?prefix=fx").body()).isEqualTo("[]");
  }

  @Test
  void aBodyThatIsNoCsvIsRefused() throws Exception {
    assertThat(service.get("/api/data/equities/daily").statusCode()).isEqualTo(404);
    assertProblem(service.get(AAPL, "Accept", "image/png"), 406, "");
  }

  private long newestVersion(String key) {
    return storage.versions(StorageKey.parse(key)).join().get(0).sequence();
  }

  private static void assertProblem(HttpResponse<String> response, int status, String detail) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(response).get("status").asInt()).isEqualTo(status);
    assertThat(json(response).get("detail").asString()).contains(detail);
  }
}
