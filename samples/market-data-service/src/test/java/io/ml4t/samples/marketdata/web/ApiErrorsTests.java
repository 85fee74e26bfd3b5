package io.ml4t.samples.marketdata.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ml4t.storage.AsyncStorage;
import io.ml4t.storage.CommitConflictException;
import io.ml4t.storage.InvalidDataException;
import io.ml4t.storage.InvalidKeyException;
import io.ml4t.storage.KeyNotFoundException;
import io.ml4t.storage.LockAcquisitionException;
import io.ml4t.storage.StorageClosedException;
import io.ml4t.storage.StorageException;
import io.ml4t.storage.StorageKey;
import io.ml4t.storage.StorageOverloadedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** How each error that a store's future can fail with reaches the client. */
class ApiErrorsTests {
  private static final StorageKey KEY = StorageKey.of("equities", "daily", "AAPL");

  private final AsyncStorage storage = mock(AsyncStorage.class);
  private final MockMvcTester mvc =
      MockMvcTester.create(
          MockMvcBuilders.standaloneSetup(new KeyController(storage))
              .setControllerAdvice(new ApiErrors())
              .build());

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorOfTheCallerIsNamed(int status, StorageException error) {
    MvcTestResult result = getKeys(error);
    assertThat(result).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(result).bodyJson().extractingPath("$.detail").isEqualTo(error.getMessage());
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(400, new InvalidKeyException("Cannot use key: its symbol is empty")),
        Arguments.of(404, new KeyNotFoundException("read", KEY)),
        Arguments.of(409, new CommitConflictException("Cannot write", List.of(KEY))),
        Arguments.of(422, new InvalidDataException("Cannot store frame")),
        Arguments.of(503, new LockAcquisitionException(KEY, Duration.ofSeconds(30), null)),
        Arguments.of(503, new StorageClosedException("Cannot use store: it is closed")),
        Arguments.of(
            503,
            new StorageOverloadedException("read", 1024, 0, 100_000, 0, Duration.ofSeconds(30))));
  }

  @Test
  void aFailureOfTheStoreKeepsItsFilesToItself() {
    MvcTestResult result = getKeys(new StorageException("Cannot read /srv/data/.ml4t/log"));
    assertThat(result).hasStatus(500).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(result).bodyText().doesNotContain("/srv/data");
  }

  private MvcTestResult getKeys(StorageException error) {
    when(storage.listKeys(any())).thenReturn(CompletableFuture.failedFuture(error));
    return mvc.get().uri("/api/keys").exchange();
  }
}
