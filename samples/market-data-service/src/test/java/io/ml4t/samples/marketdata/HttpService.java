package io.ml4t.samples.marketdata;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to the service as it listens on a port; paths go out as they are given. */
public record HttpService(int port) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Puts a CSV body; further arguments are names and values of headers. */
  public HttpResponse<String> putCsv(String path, String csv, String... headers)
      throws IOException, InterruptedException {
    return CLIENT.send(putRequest(path, csv, headers), BodyHandlers.ofString());
  }

  /** Puts a CSV body without waiting for the answer. */
  public CompletableFuture<HttpResponse<String>> putCsvAsync(String path, String csv) {
    return CLIENT.sendAsync(putRequest(path, csv), BodyHandlers.ofString());
  }

  /** Gets a resource; further arguments are names and values of headers. */
  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return CLIENT.send(request(path, headers).build(), BodyHandlers.ofString());
  }

  /** Posts an empty JSON object. */
  public HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        request(path, "Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build(),
        BodyHandlers.ofString());
  }

  /** Deletes a resource. */
  public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return CLIENT.send(request(path).DELETE().build(), BodyHandlers.ofString());
  }

  /** The body as JSON. */
  public static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private HttpRequest putRequest(String path, String csv, String... headers) {
    return request(path, headers)
        .header("Content-Type", "text/csv")
        .PUT(BodyPublishers.ofString(csv))
        .build();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    return headers.length == 0 ? request : request.headers(headers);
  }
}
